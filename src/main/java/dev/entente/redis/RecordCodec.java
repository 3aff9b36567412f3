package dev.entente.redis;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.entente.domain.catalog.Check;
import dev.entente.domain.catalog.CheckDefinition;
import dev.entente.domain.catalog.Connect;
import dev.entente.domain.catalog.ImportedInstance;
import dev.entente.domain.catalog.ImportedService;
import dev.entente.domain.catalog.Node;
import dev.entente.domain.catalog.PeerMeta;
import dev.entente.domain.catalog.Proxy;
import dev.entente.domain.catalog.Service;
import dev.entente.domain.catalog.ServiceAddress;
import dev.entente.domain.catalog.TextSize;
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
import dev.entente.domain.peering.StreamStatus;
import dev.entente.domain.trust.CaRoot;
import dev.entente.domain.trust.TrustBundle;
import dev.entente.engine.port.CaRoots;
import dev.entente.engine.port.PartitionRecord;
import dev.entente.engine.port.RecordKind;
import dev.entente.engine.port.ServiceRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Writes values as JSON, very large ones packed, and reads them back. Equal values give equal bytes; fields that a newer replica added are ignored.
 */
@RegisterForReflection(
        targets = {
            CaRoot.class,
            CaRoots.class,
            Check.class,
            CheckDefinition.class,
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
            Connect.class,
            ImportedInstance.class,
            ImportedService.class,
            Node.class,
            PartitionName.class,
            PartitionRecord.class,
            PeerMeta.class,
            PeerName.class,
            Peering.class,
            PeeringId.class,
            PeeringState.class,
            Proxy.class,
            Proxy.Expose.class,
            Proxy.ExposePath.class,
            Proxy.TransparentProxy.class,
            Proxy.Upstream.class,
            Remote.class,
            Service.class,
            ServiceAddress.class,
            ServiceRecord.class,
            StreamStatus.class,
            TrustBundle.class,
            TrustDomain.class,
            Weights.class,
            RecordCodec.Report.class,
            RecordCodec.ConfigEntryForm.class
        })
final class RecordCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(ConfigEntry.class, ConfigEntryForm.class)
            .registerSubtypes(Arrays.stream(ConfigKind.values())
                    .map(kind -> new NamedType(kind.type(), kind.text()))
                    .toArray(NamedType[]::new))
            .build();

    private RecordCodec() {}

    /** What a check reported, without the definition that it was seen with. */
    record Report(String status, String output) {}

    /** Each kind of config entry is told by its name. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    interface ConfigEntryForm {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record of a check stands apart from its newest report, so that a report need not be mixed into it by a script. */
    static byte[] payload(Object value) {
        if (value instanceof ImportedService service && isLarge(service)) {
            return Packed.pack(out -> MAPPER.writeValue(out, service));
        }
        return write(value instanceof Check check ? check.withReport("", "") : value);
    }

    static boolean isLarge(ImportedService service) {
        return service.instances().size() > TextSize.LARGE_INSTANCES;
    }

    static Object value(RecordKind kind, byte[] payload, byte[] note) {
        Object value = Packed.isPacked(payload) ? unpacked(payload, kind) : read(payload, kind.valueType());
        if (value instanceof Check check) {
            Report report = read(note, Report.class);
            return check.withReport(report.status(), report.output());
        }
        return value;
    }

    private static Object unpacked(byte[] payload, RecordKind kind) {
        try (InputStream content = Packed.open(payload)) {
            return MAPPER.readValue(content, kind.valueType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
