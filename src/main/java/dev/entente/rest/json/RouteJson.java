package dev.entente.rest.json;

import dev.entente.domain.catalog.GoDuration;
import dev.entente.domain.config.HeaderMatch;
import dev.entente.domain.config.HeaderModifiers;
import dev.entente.domain.config.ServiceRouterEntry.Destination;
import dev.entente.domain.config.ServiceRouterEntry.HttpMatch;
import dev.entente.domain.config.ServiceRouterEntry.Match;
import dev.entente.domain.config.ServiceRouterEntry.QueryMatch;
import dev.entente.domain.config.ServiceRouterEntry.Route;
import dev.entente.domain.config.ServiceSplitterEntry.Split;

/** Routes and splits, as they stand in entries and in chains. */
final class RouteJson {
    private RouteJson() {}

    static void route(Json json, Route route) {
        json.members(object -> object.objectIfAny("Match", route.match(), RouteJson::match)
                .objectIfAny("Destination", route.destination(), RouteJson::destination));
    }

    private static void match(Json json, Match match) {
        json.objectIfAny("HTTP", match.http(), RouteJson::http);
    }

    private static void http(Json json, HttpMatch http) {
        json.textIfAny("PathExact", http.pathExact())
                .textIfAny("PathPrefix", http.pathPrefix())
                .textIfAny("PathRegex", http.pathRegex())
                .arrayIfAny("Header", http.header(), RouteJson::header)
                .arrayIfAny("QueryParam", http.queryParam(), RouteJson::query)
                .textsIfAny("Methods", http.methods());
    }

    static void header(Json json, HeaderMatch header) {
        json.members(object -> object.text("Name", header.name())
                .flagIfSet("Present", header.present())
                .textIfAny("Exact", header.exact())
                .textIfAny("Prefix", header.prefix())
                .textIfAny("Suffix", header.suffix())
                .textIfAny("Regex", header.regex())
                .flagIfSet("Invert", header.invert()));
    }

    private static void query(Json json, QueryMatch query) {
        json.members(object -> object.text("Name", query.name())
                .flagIfSet("Present", query.present())
                .textIfAny("Exact", query.exact())
                .textIfAny("Regex", query.regex()));
    }

    private static void destination(Json json, Destination destination) {
        if (!destination.requestTimeout().isZero()) {
            json.text("RequestTimeout", GoDuration.format(destination.requestTimeout()));
        }
        json.textIfAny("Service", destination.service())
                .textIfAny("ServiceSubset", destination.serviceSubset())
                .textIfAny("Namespace", destination.namespace())
                .textIfAny("Partition", destination.partition())
                .textIfAny("PrefixRewrite", destination.prefixRewrite())
                .numberIfAny("NumRetries", destination.numRetries())
                .flagIfSet("RetryOnConnectFailure", destination.retryOnConnectFailure())
                .textsIfAny("RetryOn", destination.retryOn())
                .arrayIfAny("RetryOnStatusCodes", destination.retryOnStatusCodes(), Json::value)
                .objectIfAny("RequestHeaders", destination.requestHeaders(), RouteJson::headers)
                .objectIfAny("ResponseHeaders", destination.responseHeaders(), RouteJson::headers);
    }

    static void headers(Json json, HeaderModifiers headers) {
        json.textMapIfAny("Add", headers.add())
                .textMapIfAny("Set", headers.set())
                .textsIfAny("Remove", headers.remove());
    }

    static void split(Json json, Split split) {
        json.members(object -> object.decimal("Weight", split.weight())
                .textIfAny("Service", split.service())
                .textIfAny("ServiceSubset", split.serviceSubset())
                .textIfAny("Namespace", split.namespace())
                .textIfAny("Partition", split.partition())
                .objectIfAny("RequestHeaders", split.requestHeaders(), RouteJson::headers)
                .objectIfAny("ResponseHeaders", split.responseHeaders(), RouteJson::headers));
    }
}
