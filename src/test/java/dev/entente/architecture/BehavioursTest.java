package dev.entente.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of behaviours says only what is so: each test that it names exists. */
class BehavioursTest {
    private static final Path TABLE = Path.of("docs/behaviours.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    /** What a row says that cannot name a test yet. */
    private static final Set<String> WITHOUT_A_TEST = Set.of("comes with ACLs |");

    private static String table() throws IOException {
        return Files.readString(TABLE);
    }

    private static Map<String, String> classNames() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> TESTS.relativize(file)
                                    .toString()
                                    .replace(".java", "")
                                    .replace('/', '.'),
                            (one, other) -> one,
                            TreeMap::new));
        }
    }

    @Test
    void everyTestThatIsNamedExists() throws Exception {
        Map<String, String> classes = classNames();
        Set<String> missing = new TreeSet<>();
        Matcher named = NAME.matcher(table());
        while (named.find()) {
            String className = classes.get(named.group(1));
            if (className == null || !hasTest(className, named.group(2))) {
                missing.add(named.group());
            }
        }

        assertThat(missing)
                .as("tests named in " + TABLE + ": rename them there, too")
                .isEmpty();
    }

    private static boolean hasTest(String className, String method) throws ClassNotFoundException {
        Class<?> type = Class.forName(className, false, BehavioursTest.class.getClassLoader());
        return Arrays.stream(type.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .anyMatch(BehavioursTest::isTest);
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    @Test
    void everyBehaviourHasARowThatNamesATest() throws Exception {
        Map<Integer, String> rows = ROW.matcher(table())
                .results()
                .collect(Collectors.toMap(row -> Integer.parseInt(row.group(1)), row -> row.group()));

        assertThat(rows.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 112).boxed().toList());
        assertThat(rows.values())
                .filteredOn(row -> !NAME.matcher(row).find())
                .as("behaviours without a test")
                .allMatch(row -> WITHOUT_A_TEST.stream().anyMatch(row::contains));
    }
}
