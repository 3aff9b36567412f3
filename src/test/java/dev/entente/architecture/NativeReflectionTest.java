package dev.entente.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.engine.port.CheckReport;
import dev.entente.engine.port.RecordKind;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native executable reads and writes only what was named when it was built; the JVM would not notice a type left out. */
class NativeReflectionTest {
    private static final String REDIS = "dev.entente.redis.RecordCodec";
    private static final String POSTGRES = "dev.entente.postgres.Payloads";

    @ParameterizedTest
    @ValueSource(strings = {REDIS, POSTGRES})
    void everyTypeThatAStoreKeepsIsRegisteredForTheNativeExecutable(String codec) throws ClassNotFoundException {
        RegisterForReflection registered = Class.forName(codec).getAnnotation(RegisterForReflection.class);
        List<Class<?>> named = List.of(registered.targets());
        Predicate<RecordKind> kept =
                codec.equals(POSTGRES) ? RecordKind::isDurable : NativeReflectionTest::isKeptAsItIs;
        Set<Class<?>> reached = new LinkedHashSet<>();
        named.forEach(type -> reach(type, reached));
        Arrays.stream(RecordKind.values()).filter(kept).forEach(kind -> reach(kind.valueType(), reached));

        // With a type go those that are declared within it.
        reached.removeIf(type -> type.getEnclosingClass() != null && named.contains(type.getEnclosingClass()));
        assertThat(named).containsAll(reached);
    }

    /** The report of a check is written in a form of the codec's own. */
    private static boolean isKeptAsItIs(RecordKind kind) {
        return kind.valueType() != CheckReport.class;
    }

    private static void reach(Type type, Set<Class<?>> reached) {
        if (type instanceof ParameterizedType generic) {
            reach(generic.getRawType(), reached);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> reach(argument, reached));
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("dev.entente") && reached.add(plain)) {
            if (plain.isSealed()) {
                Arrays.stream(plain.getPermittedSubclasses()).forEach(permitted -> reach(permitted, reached));
            }
            for (Field field : plain.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    reach(field.getGenericType(), reached);
                }
            }
        }
    }
}
