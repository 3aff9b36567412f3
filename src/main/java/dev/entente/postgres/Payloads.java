package dev.entente.postgres;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.Weights;
import dev.entente.domain.config.ConfigEntry;
import dev.entente.domain.config.ConfigKind;
import dev.entente.domain.config.ExportedServicesEntry;
import dev.entente.domain.config.HeaderMatch;
import dev.entente.domain.config.HeaderModifiers;
import dev.entente.domain.config.IngressGatewayEntry;
import dev.entente.domain.config.LoadBalancer;
import dev.entente.domain.config.MeshEntry;
import dev.entente.domain.config.ProxyDefaultsEntry;
import dev.entente.domain.config.SamenessGroupEntry;
import dev.entente.domain.config.ServiceDefaultsEntry;
import dev.entente.domain.config.ServiceIntentionsEntry;
import dev.entente.domain.config.ServiceResolverEntry;
import dev.entente.domain.config.ServiceRouterEntry;
import dev.entente.domain.config.ServiceSplitterEntry;
import dev.entente.domain.config.TerminatingGatewayEntry;
import dev.entente.domain.identity.PartitionName;
import dev.entente.domain.identity.PeerName;
import dev.entente.domain.identity.PeeringId;
import dev.entente.domain.identity.TrustDomain;
import dev.entente.domain.peering.Peering;
import dev.entente.domain.peering.PeeringState;
import dev.entente.domain.peering.Remote;
import dev.entente.domain.trust.CaConfiguration;
import dev.entente.domain.trust.CaRoot;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.Change;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON in which records stand in the database. Replicas of two versions read each other's: unknown fields are ignored,
 * missing ones read as empty, and empty ones are not written.
 */
@RegisterForReflection(
        targets = {
            Check.class,
            CheckDefinition.class,
            Connect.class,
            Node.class,
            PeerMeta.class,
            Proxy.class,
            Proxy.Upstream.class,
            Proxy.Expose.class,
            Proxy.ExposePath.class,
            Proxy.TransparentProxy.class,
            Service.class,
            ServiceAddress.class,
            Weights.class,
            ConfigEntry.class,
            ExportedServicesEntry.class,
            HeaderMatch.class,
            HeaderModifiers.class,
            IngressGatewayEntry.class,
            LoadBalancer.class,
            MeshEntry.class,
            ProxyDefaultsEntry.class,
            SamenessGroupEntry.class,
            ServiceDefaultsEntry.class,
            ServiceIntentionsEntry.class,
            ServiceResolverEntry.class,
            ServiceRouterEntry.class,
            ServiceSplitterEntry.class,
            TerminatingGatewayEntry.class,
            PartitionName.class,
            PeerName.class,
            PeeringId.class,
            TrustDomain.class,
            Peering.class,
            PeeringState.class,
            Remote.class,
            CaConfiguration.class,
            CaRoot.class,
            CaRoots.class,
            PartitionRecord.class,
            RecordKind.class,
            ServiceRecord.class,
            Payloads.TypedByKind.class,
            Payloads.WrittenChange.class
        })
final class Payloads {
    private static final ObjectMapper JSON = mapper();

    private Payloads() {}

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a " + value.getClass().getSimpleName(), e);
        }
    }

    static <T> T read(String payload, Class<T> type) {
        try {
            return JSON.readValue(payload, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot read a " + type.getSimpleName() + " of the database", e);
        }
    }

    /** Writes durable changes for the outbox. */
    static String writeChanges(List<Change> changes) {
        return write(changes.stream().map(WrittenChange::of).toList());
    }

    static List<Change> readChanges(String text) {
        return Arrays.stream(read(text, WrittenChange[].class))
                .map(WrittenChange::toChange)
                .toList();
    }

    /** Whether two values are the same to every reader: a number may have come as another type than it is read back. */
    static boolean areEqual(Object left, Object right) {
        return left.equals(right) || write(left).equals(write(right));
    }

    /** A durable change; its value is a text of its own, because its type depends on the kind. */
    record WrittenChange(
            RecordKind kind,
            String key,
            long version,
            long createVersion,
            @Nullable String value) {
        static WrittenChange of(Change change) {
            if (change.peer() != null || !change.kind().isDurable()) {
                throw new IllegalArgumentException(change.kind() + " is not durable");
            }
            Object value = change.value();
            return new WrittenChange(
                    change.kind(),
                    change.key(),
                    change.version(),
                    change.createVersion(),
                    value == null ? null : write(value));
        }

        Change toChange() {
            Object decoded = value == null || value.isEmpty() ? null : read(value, kind.valueType());
            return new Change(kind, null, key, version, createVersion, decoded);
        }
    }

    /** Writes the kind of a config entry beside its fields. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    interface TypedByKind {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .addMixIn(ConfigEntry.class, TypedByKind.class)
                .registerSubtypes(Arrays.stream(ConfigKind.values())
                        .map(kind -> new NamedType(kind.type(), kind.text()))
                        .toArray(NamedType[]::new))
                .build();
        for (Class<?> type : List.of(String.class, List.class, Map.class, SortedMap.class)) {
            mapper.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        }
        // What may be null is null when it is missing, so that zero and false have to be written.
        for (Class<?> type : List.of(Boolean.class, Integer.class, Long.class)) {
            mapper.configOverride(type)
                    .setInclude(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
        }
        return mapper;
    }
}
