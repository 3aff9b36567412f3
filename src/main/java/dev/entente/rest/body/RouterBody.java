package dev.entente.rest.body;

import dev.entente.domain.config.HeaderMatch;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceRouterEntry.Destination;
import dev.entente.domain.config.ServiceRouterEntry.HttpMatch;
import dev.entente.domain.config.ServiceRouterEntry.Match;
import dev.entente.domain.config.ServiceRouterEntry.QueryMatch;
import dev.entente.domain.config.ServiceRouterEntry.Route;

/** The service-router entry in a body. */
final class RouterBody {
    private RouterBody() {}

    static ServiceRouterEntry read(LooseMembers members) {
        return new ServiceRouterEntry(
                members.text("Name"), members.list("Routes", RouterBody::route), members.textMap("Meta"));
    }

    private static Route route(LooseMembers members) {
        return new Route(
                members.object("Match", match -> new Match(match.object("HTTP", RouterBody::http))),
                members.object("Destination", RouterBody::destination));
    }

    private static HttpMatch http(LooseMembers members) {
        return new HttpMatch(
                members.text("PathExact"),
                members.text("PathPrefix"),
                members.text("PathRegex"),
                members.list("Header", RouterBody::header),
                members.list("QueryParam", RouterBody::query),
                members.texts("Methods"));
    }

    static HeaderMatch header(LooseMembers members) {
        return new HeaderMatch(
                members.text("Name"),
                members.flag("Present"),
                members.text("Exact"),
                members.text("Prefix"),
                members.text("Suffix"),
                members.text("Regex"),
                members.flag("Invert"));
    }

    private static QueryMatch query(LooseMembers members) {
        return new QueryMatch(
                members.text("Name"), members.flag("Present"), members.text("Exact"), members.text("Regex"));
    }

    private static Destination destination(LooseMembers members) {
        return new Destination(
                members.text("Service"),
                members.text("ServiceSubset"),
                members.text("Namespace"),
                members.text("Partition"),
                members.text("PrefixRewrite"),
                members.duration("RequestTimeout"),
                members.unsigned("NumRetries"),
                members.flag("RetryOnConnectFailure"),
                members.texts("RetryOn"),
                members.numbers("RetryOnStatusCodes"),
                members.object("RequestHeaders", HeadersBody::read),
                members.object("ResponseHeaders", HeadersBody::read));
    }
}
