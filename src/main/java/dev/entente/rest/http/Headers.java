package dev.entente.rest.http;

import java.util.Map;

/** Names of headers, spelled as Consul's server writes them (protocol chapter 6.1.5). */
final class Headers {
    static final String INDEX = "X-Consul-Index";
    static final String KNOWN_LEADER = "X-Consul-Knownleader";
    static final String LAST_CONTACT = "X-Consul-Lastcontact";
    static final String CONSISTENCY = "X-Consul-Effective-Consistency";
    static final String BACKEND = "X-Consul-Query-Backend";
    static final String ACL_POLICY = "X-Consul-Default-Acl-Policy";
    static final String CACHE = "X-Cache";
    static final String AGE = "Age";
    static final String VARY = "Vary";
    static final String ALLOW = "Allow";
    static final String LOCATION = "Location";
    static final String CONTENT_TYPE = "Content-Type";
    static final String CONTENT_ENCODING = "Content-Encoding";
    static final String ACCEPT_ENCODING = "Accept-Encoding";
    static final String TOKEN = "X-Consul-Token";
    static final String PARTITION = "X-Consul-Partition";
    static final String NAMESPACE = "X-Consul-Namespace";

    /** Of a read that has not come to know anything. */
    static final Map<String, String> OF_NOTHING =
            Map.of(INDEX, "1", KNOWN_LEADER, "false", LAST_CONTACT, "0", BACKEND, "blocking-query");

    private Headers() {}
}
