package dev.entente.domain.config;

import static dev.entente.domain.config.Faults.firstOf;
import static dev.entente.domain.config.Faults.when;

import dev.entente.domain.config.ServiceIntentionsEntry.HttpPermission;
import dev.entente.domain.config.ServiceIntentionsEntry.Permission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the permissions of an intention may be (protocol chapter 8.3). */
final class HttpPermissionRules {
    private static final Set<String> ACTIONS = Set.of("allow", "deny");

    private HttpPermissionRules() {}

    static Permission normalised(Permission permission) {
        HttpPermission http = permission.http();
        if (http == null) {
            return permission;
        }
        List<String> methods = http.methods().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .toList();
        return new Permission(
                permission.action(),
                new HttpPermission(http.pathExact(), http.pathPrefix(), http.pathRegex(), http.header(), methods));
    }

    static Optional<String> faultOfAction(String action) {
        return when(!ACTIONS.contains(action), ".Action must be set to 'allow' or 'deny'");
    }

    static Optional<String> fault(List<Permission> permissions) {
        return firstOf(
                permissions.size(), j -> faultOf(permissions.get(j)).map(fault -> ".Permissions[" + j + "]" + fault));
    }

    private static Optional<String> faultOf(Permission permission) {
        HttpPermission http = permission.http();
        return faultOfAction(permission.action())
                .or(() -> http == null
                        ? Optional.of(".HTTP is required")
                        : faultOf(http).map(fault -> ".HTTP" + fault));
    }

    private static Optional<String> faultOf(HttpPermission http) {
        return HttpPaths.fault(http.pathExact(), http.pathPrefix(), http.pathRegex())
                .map(fault -> (fault.startsWith("should") ? " " : ".") + fault)
                .or(() -> firstOf(
                        http.header().size(),
                        k -> faultOf(http.header().get(k)).map(fault -> ".Header[" + k + "] " + fault)))
                .or(() -> HttpMethods.fault(http.methods()).map(fault -> "." + fault))
                .or(() -> when(isEmpty(http), " should not be empty"));
    }

    private static Optional<String> faultOf(HeaderMatch header) {
        long conditions = HttpPaths.set(header.exact(), header.prefix(), header.suffix(), header.regex())
                + (header.present() ? 1 : 0);
        return when(header.name().isEmpty(), "missing required Name field")
                .or(() -> when(conditions != 1, "should only contain one of Present, Exact, Prefix, Suffix, or Regex"));
    }

    private static boolean isEmpty(HttpPermission http) {
        return HttpPaths.set(http.pathExact(), http.pathPrefix(), http.pathRegex()) == 0
                && http.header().isEmpty()
                && http.methods().isEmpty();
    }
}
