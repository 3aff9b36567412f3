package dev.entente.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directions between the rooms, and the habits of the house, as rules that fail the build. */
class ArchitectureTest {
    private static final String ROOT = "dev.entente";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT)
            .that(DescribedPredicate.not(generated()));
    private static final List<String> EDGES =
            List.of("rest", "grpc", "postgres", "redis", "pki", "checks", "ui", "telemetry");

    /** Where a subscription may start: loops that run as long as the process, and the edges' own ends of a pipeline. */
    private static final Set<String> SUBSCRIBERS = Set.of(
            "dev.entente.engine.agent.LivenessLoop",
            "dev.entente.engine.agent.NodeLeaseLoop",
            "dev.entente.engine.agent.OutputPace",
            "dev.entente.engine.agent.RememberLoop",
            "dev.entente.engine.agent.ReportLoop",
            "dev.entente.engine.view.PassLoop",
            "dev.entente.engine.view.Repetition",
            "dev.entente.engine.replication.LoopCalls");

    static final ArchRule domainIsPure = classes()
            .that()
            .resideInAPackage(ROOT + ".domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".domain..")
            .because("the domain is decided from values alone; move what needs a library to an edge behind a port");

    static final ArchRule domainReadsNoClockAndNoChance = noClasses()
            .that()
            .resideInAPackage(ROOT + ".domain..")
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("clocks, random numbers, threads, files or sockets") {
                @Override
                public boolean test(JavaClass type) {
                    return Set.of(
                                    "java.time.Clock",
                                    "java.util.Random",
                                    "java.util.UUID",
                                    "java.security.SecureRandom",
                                    "java.lang.Thread",
                                    "java.util.logging.Logger",
                                    "java.io.File")
                            .contains(type.getName());
                }
            })
            .because("time, chance and names are arguments, so that a decision can be repeated");

    static final ArchRule engineSeesNoTechnology = classes()
            .that()
            .resideInAPackage(ROOT + ".engine..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "io.smallrye.mutiny..", ROOT + ".domain..", ROOT + ".engine..")
            .because("the engine works with any store and any door; put technology behind a port");

    static final ArchRule nobodySeesBoot = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".boot..")
            .because("boot puts the rooms together; what a room needs comes to it by its constructor");

    static final ArchRule persistenceStaysInPostgres = only("postgres", "jakarta.persistence..", "org.hibernate..");

    static final ArchRule redisClientStaysInRedis = only("redis", "io.vertx.redis..", "io.vertx.mutiny.redis..");

    static final ArchRule wireStaysInGrpc = only("grpc", ROOT + ".grpc.wire..");

    static final ArchRule jaxRsStaysAtTheHttpDoors = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".rest..", ROOT + ".ui..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..")
            .because("statuses are decided in one table in rest; give a Refusal instead");

    static final ArchRule roomsHaveNoCycles = slices().matching(ROOT + ".(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle makes two rooms one; name what they share and put it below both");

    static final ArchRule domainRoomsHaveNoCycles = slices().matching(ROOT + ".domain.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle makes two rooms one; name what they share and put it below both");

    static final ArchRule nothingBlocks = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".boot..")
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a blocking call") {
                @Override
                public boolean test(JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    String name = call.getName();
                    return name.equals("await") && owner.startsWith("io.smallrye.mutiny")
                            || name.equals("sleep") && owner.equals("java.lang.Thread")
                            || (name.equals("get") || name.equals("join"))
                                    && (owner.equals("java.util.concurrent.Future")
                                            || owner.equals("java.util.concurrent.CompletableFuture"));
                }
            })
            .because("one blocked event loop stops thousands of callers; return a Uni");

    static final ArchRule subscriptionsStartInFewPlaces = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine..")
            .and(DescribedPredicate.not(namedOrNestedIn(SUBSCRIBERS)))
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("subscribe() of a pipeline") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getName().equals("subscribe")
                            && call.getTargetOwner().getName().startsWith("io.smallrye.mutiny");
                }
            })
            .because("a subscription in the middle loses failures and cancellation; return the Uni to the caller");

    static final ArchRule sealedTypesAreValues = classes()
            .that()
            .resideInAPackage(ROOT + ".domain..")
            .should(
                    new ArchCondition<JavaClass>(
                            "be records or enums when they implement a sealed interface of the domain") {
                        @Override
                        public void check(JavaClass type, ConditionEvents events) {
                            boolean member = type.getRawInterfaces().stream()
                                    .anyMatch(parent -> parent.reflect().isSealed());
                            if (member && !type.isRecord() && !type.isEnum() && !type.isInterface()) {
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " is not a record"));
                            }
                        }
                    })
            .because("states and messages are values; keep what they do in methods of the record");

    static final ArchRule namesSayWhat = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Base)")
            .because("such a name says nothing; name the class by its technology or its job");

    static final ArchRule configurationIsInterfaces = classes()
            .that()
            .areAnnotatedWith("io.smallrye.config.ConfigMapping")
            .should()
            .beInterfaces()
            .andShould()
            .resideInAPackage(ROOT + ".config..")
            .because("configuration is one immutable interface a topic, found in one place");

    static Stream<String> edges() {
        return EDGES.stream();
    }

    @ParameterizedTest
    @MethodSource("edges")
    void anEdgeDoesNotSeeAnotherEdge(String edge) {
        String[] others = EDGES.stream()
                .filter(other -> !other.equals(edge))
                .map(other -> ROOT + "." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + edge + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("each edge knows one technology; what two need is a port or a domain type")
                .allowEmptyShould(true)
                .check(CODE);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> rules() throws IllegalAccessException {
        List<org.junit.jupiter.params.provider.Arguments> found = new ArrayList<>();
        for (Field field : ArchitectureTest.class.getDeclaredFields()) {
            if (ArchRule.class.isAssignableFrom(field.getType())) {
                found.add(org.junit.jupiter.params.provider.Arguments.of(field.getName(), field.get(null)));
            }
        }
        return found.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theRuleHolds(String name, ArchRule rule) {
        rule.check(CODE);
    }

    @Test
    void everyRuleOfThisClassIsAmongThoseThatRun() throws IllegalAccessException {
        long declared = Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType().equals(ArchRule.class))
                .count();
        assertThat(rules().count()).isEqualTo(declared).isGreaterThanOrEqualTo(14);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new java.util.TreeSet<>();
        CODE.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .forEach(room -> unmarked.add(room.getName()));
        assertThat(unmarked).as("packages whose package-info lacks @NullMarked").isEmpty();
    }

    private static ArchRule only(String room, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .because("only " + room + " knows this technology; go through a port");
    }

    private static DescribedPredicate<JavaClass> generated() {
        return new DescribedPredicate<>("generated from src/main/proto") {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().startsWith(ROOT + ".grpc.wire");
            }
        };
    }

    private static DescribedPredicate<JavaClass> namedOrNestedIn(Set<String> names) {
        return new DescribedPredicate<>("in " + names) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getName();
                return names.stream().anyMatch(allowed -> name.equals(allowed) || name.startsWith(allowed + "$"));
            }
        };
    }
}
