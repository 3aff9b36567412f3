package dev.entente.boot.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways of this operating system to run a command apart from the terminal, and as somebody else than root. */
final class Sessions {
    private static final String PERL = "use POSIX; POSIX::setsid(); exec @ARGV";

    private Sessions() {}

    /** The command in a session of its own; the process id stays the same. */
    static List<String> detached(List<String> command) {
        if (onPath("setsid").isPresent()) {
            return prefixed(List.of("setsid"), command);
        }
        return onPath("perl").isPresent() ? prefixed(List.of("perl", "-e", PERL), command) : command;
    }

    /** PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody, yet owns root's files. */
    static List<String> notAsRoot(List<String> command) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root && onPath("unshare").isPresent() ? prefixed(List.of("unshare", "-U"), command) : command;
    }

    static Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        return line;
    }
}
