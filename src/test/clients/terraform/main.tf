# What Terraform's provider for Consul makes of two clusters: nodes, services, config entries, intentions and a peering.
terraform {
  required_providers {
    consul = {
      source  = "hashicorp/consul"
      version = ">= 2.21"
    }
  }
}

variable "east" {
  type = string
}

variable "west" {
  type = string
}

provider "consul" {
  address = var.east
}

provider "consul" {
  alias   = "west"
  address = var.west
}

resource "consul_node" "external" {
  name    = "tf-node"
  address = "192.0.2.9"
  meta    = { external-node = "true" }
}

resource "consul_service" "database" {
  name = "tf-database"
  node = consul_node.external.name
  port = 5432
  tags = ["primary"]
  meta = { version = "1" }
  check {
    check_id = "service:tf-database"
    name     = "reachable"
    status   = "passing"
    tcp      = "192.0.2.9:5432"
    interval = "10s"
    timeout  = "2s"
  }
}

resource "consul_config_entry" "proxies" {
  kind        = "proxy-defaults"
  name        = "global"
  config_json = jsonencode({ Config = { protocol = "http" }, MeshGateway = {}, Expose = {}, TransparentProxy = {} })
}

resource "consul_config_entry" "defaults" {
  kind        = "service-defaults"
  name        = "tf-database"
  config_json = jsonencode({ Protocol = "http", MeshGateway = {}, Expose = {}, TransparentProxy = {} })
  depends_on  = [consul_config_entry.proxies]
}

resource "consul_config_entry" "resolver" {
  kind        = "service-resolver"
  name        = "tf-database"
  config_json = jsonencode({ DefaultSubset = "first", Subsets = { first = { Filter = "Service.Meta.version == 1" } } })
  depends_on  = [consul_config_entry.defaults]
}

resource "consul_config_entry" "router" {
  kind        = "service-router"
  name        = "tf-database"
  config_json = jsonencode({ Routes = [{ Match = { HTTP = { PathPrefix = "/x" } }, Destination = { Service = "tf-other" } }] })
  depends_on  = [consul_config_entry.resolver]
}

resource "consul_config_entry_service_intentions" "database" {
  name = "tf-database"
  sources {
    name       = "tf-web"
    action     = "allow"
    precedence = 9
    type       = "consul"
  }
}

resource "consul_config_entry" "exports" {
  kind        = "exported-services"
  name        = "default"
  config_json = jsonencode({ Services = [{ Name = "tf-database", Consumers = [{ Peer = "tf-west" }] }] })
}

resource "consul_peering_token" "token" {
  peer_name = "tf-west"
}

resource "consul_peering" "east" {
  provider      = consul.west
  peer_name     = "tf-east"
  peering_token = consul_peering_token.token.peering_token
}

data "consul_service" "database" {
  name       = "tf-database"
  depends_on = [consul_service.database]
}

data "consul_peerings" "west" {
  provider   = consul.west
  depends_on = [consul_peering.east]
}

output "port" {
  value = data.consul_service.database.service[0].port
}

output "peers" {
  value = sort([for peer in data.consul_peerings.west.peers : peer.name])
}
