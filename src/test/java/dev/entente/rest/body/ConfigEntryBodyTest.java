package dev.entente.rest.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bodies of config entries may be, and what is said of those that may not: as a Consul server says it. */
class ConfigEntryBodyTest {

    private static ConfigEntry read(String body) {
        return ConfigEntryBody.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .entry();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // The type as Go calls it, and the value as it prints it.
                "{'Kind':'service-defaults','Name':[]}"
                        + "| * 'Name' expected type 'string', got unconvertible type '[]interface {}', value: '[]'",
                "{'Kind':'service-defaults','Name':{'b':1.50,'a':[true,null]}}"
                        + "| * 'Name' expected type 'string', got unconvertible type 'map[string]interface {}',"
                        + " value: 'map[a:[true <nil>] b:1.5]'",
                "{'Kind':'service-defaults','Name':'a','Mode':{'x':1e21}}"
                        + "| * 'Mode' expected type 'structs.ProxyMode', got unconvertible type"
                        + " 'map[string]interface {}', value: 'map[x:1e+21]'",
                "{'Kind':'service-defaults','Name':'a','MaxInboundConnections':'4294967296'}"
                        + "| * cannot parse 'MaxInboundConnections' as int: strconv.ParseInt: parsing \"4294967296\":"
                        + " value out of range",
                "{'Kind':'service-defaults','Name':'a','MaxInboundConnections':4294967296}"
                        + "| * cannot parse 'MaxInboundConnections' as int: strconv.ParseInt: parsing \"4294967296\":"
                        + " value out of range",
                "{'Kind':'ingress-gateway','Name':'a','Defaults':{'MaxConnections':'-1'}}"
                        + "| * cannot parse 'Defaults.MaxConnections' as uint: strconv.ParseUint: parsing \"-1\":"
                        + " invalid syntax",
                "{'Kind':'ingress-gateway','Name':'a','Defaults':{'MaxConnections':'4294967296'}}"
                        + "| * cannot parse 'Defaults.MaxConnections' as uint: strconv.ParseUint: parsing"
                        + " \"4294967296\": value out of range",
                "{'Kind':'service-resolver','Name':'a','ConnectTimeout':'5'}"
                        + "| * error decoding 'ConnectTimeout': time: missing unit in duration \"5\"",
                "{'Kind':'service-resolver','Name':'a','ConnectTimeout':'1h5d'}"
                        + "| * error decoding 'ConnectTimeout': time: unknown unit \"d\" in duration \"1h5d\"",
                "{'Kind':'service-resolver','Name':'a','ConnectTimeout':'x'}"
                        + "| * error decoding 'ConnectTimeout': time: invalid duration \"x\"",
                "{'Kind':'service-resolver','Name':'a','Redirect':7}| * 'Redirect' expected a map, got 'float64'",
                "{'Kind':'service-resolver','Name':'a','Subsets':[{'v1':{}},7]}"
                        + "| * 'Subsets[1]' expected a map, got 'float64'",
            })
    void whatDoesNotFitIsSaid(String body, String complaint) {
        assertThatThrownBy(() -> read(body))
                .hasMessage("Request decoding failed: 1 error(s) decoding:\n\n" + complaint);
    }

    @Test
    void allThatDoesNotFitIsSaidTogetherAndSorted() {
        assertThatThrownBy(() -> read("{'Kind':'service-resolver','Name':'a','ConnectTimeout':'x','Foo':1,"
                        + "'Subsets':{'v1':{'OnlyPassing':'yes'}}}"))
                .hasMessage("Request decoding failed: 2 error(s) decoding:\n\n"
                        + "* cannot parse 'Subsets[v1].OnlyPassing' as bool: strconv.ParseBool: parsing \"yes\":"
                        + " invalid syntax\n"
                        + "* error decoding 'ConnectTimeout': time: invalid duration \"x\"");
    }

    /** What is inside is said before what is around it; another spelling of a name that is there is not asked for. */
    @Test
    void namesThatNobodyAskedForAreSaidFromTheInside() {
        assertThatThrownBy(() -> read("{'Kind':'ingress-gateway','Name':'a','name':'b','Namespace':'default',"
                        + "'CreateIndex':1,'modify_index':1,'Listeners':[{'Services':[{'Foo':1,'namespace':''}]}]}"))
                .hasMessage("Request decoding failed: 5 errors occurred:\n"
                        + "\t* invalid config key \"Listeners[0].Services[0].Foo\"\n"
                        + "\t* invalid config key \"Listeners[0].Services[0].namespace\","
                        + " namespaces are a consul enterprise feature\n"
                        + "\t* invalid config key \"name\"\n"
                        + "\t* invalid config key \"Namespace\", namespaces are a consul enterprise feature\n"
                        + "\t* invalid config key \"modify_index\"\n\n");
    }

    @Test
    void numbersStandForTextsAsTheyAreWrittenOut() {
        assertThat(read("{'Kind':'service-defaults','Name':1e3}").name()).isEqualTo("1000");
        assertThat(read("{'Kind':'service-defaults','Name':1.50}").name()).isEqualTo("1.5");
    }

    @Test
    void textsStandForNumbersInEveryBase() {
        ServiceDefaultsEntry entry =
                (ServiceDefaultsEntry) read("{'Kind':'service-defaults','Name':'a','MaxInboundConnections':'0x10',"
                        + "'LocalConnectTimeoutMs':'1_000','LocalRequestTimeoutMs':'010'}");
        assertThat(entry.maxInboundConnections()).isEqualTo(16);
        assertThat(entry.localConnectTimeoutMs()).isEqualTo(1000);
        assertThat(entry.localRequestTimeoutMs()).isEqualTo(8);
    }

    @Test
    void underscoresStandBetweenWordsAndNumbers() {
        ServiceDefaultsEntry entry =
                (ServiceDefaultsEntry) read("{'kind':'service-defaults','name':'a','upstream_config':"
                        + "{'defaults':{'passive_health_check':{'enforcing_consecutive_5xx':7}}}}");
        assertThat(entry.upstreams().defaults().passiveHealthCheck().enforcingConsecutive5xx())
                .isEqualTo(7);
    }

    @Test
    void whatStandsAloneInAListStandsForItself() {
        ServiceResolverEntry entry =
                (ServiceResolverEntry) read("{'Kind':'service-resolver','Name':['a'],'Redirect':[{'Service':['b']}],"
                        + "'ConnectTimeout':true,'Subsets':[{'v1':{}},{'v2':[{'OnlyPassing':1}]}]}");
        assertThat(entry.name()).isEqualTo("a");
        assertThat(entry.redirect().service()).isEqualTo("b");
        assertThat(entry.connectTimeout()).isEqualTo(Duration.ofNanos(1));
        assertThat(entry.subsets().get("v2").onlyPassing()).isTrue();
        assertThat(entry.subsets()).containsKey("v1");
        ServiceRouterEntry router = (ServiceRouterEntry)
                read("{'Kind':'service-router','Name':'a','Routes':[[{'Destination':{'NumRetries':-1}}]]}");
        assertThat(router.routes().get(0).destination().numRetries()).isEqualTo(4_294_967_295L);
    }
}
