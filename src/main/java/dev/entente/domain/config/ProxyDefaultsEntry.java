package dev.entente.domain.config;

import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.identity.Outcome;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all proxies that do not say otherwise.
 *
 * @param config free configuration: strings, numbers, booleans, null, lists and maps
 * @param meshGatewayMode empty when unset
 */
public record ProxyDefaultsEntry(
        String name,
        Map<String, @Nullable Object> config,
        String mode,
        Proxy.TransparentProxy transparentProxy,
        String meshGatewayMode,
        Proxy.Expose expose,
        Map<String, String> meta)
        implements ConfigEntry {
    public static final String KIND = "proxy-defaults";

    /** The only name that there is. */
    public static final String NAME = "global";

    public ProxyDefaultsEntry {
        config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
        meta = Map.copyOf(meta);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome<ProxyDefaultsEntry> normalised() {
        ProxyDefaultsEntry normal =
                new ProxyDefaultsEntry(NAME, config, mode, transparentProxy, meshGatewayMode, expose, meta);
        return ConfigEntry.unless(ProxyDefaultsRules.fault(this), normal);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
        return cases.proxyDefaults(this);
    }

    /** What services speak that declare nothing; empty when nothing is said, or something that is no word. */
    public String protocol() {
        return config.get("protocol") instanceof String protocol ? protocol : "";
    }
}
