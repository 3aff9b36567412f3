package dev.entente.boot.cli;

import java.nio.file.Path;

/**
 * Under which name this program was called: its own, or that of the program whose place it takes when it is installed or linked as
 * {@code consul}.
 *
 * @param version of this program
 * @param consulApi the release of Consul whose API it speaks
 */
public record ProgramName(String name, String version, String consulApi) {
    /** The name under which scripts and test suites look for a server. */
    public static final String CONSUL = "consul";

    private static final String OWN = "entente";
    /** Clients read the line, and compare what they find with the protocols that they speak themselves. */
    private static final String PROTOCOLS =
            "Protocol 2 spoken by default, understands 2 to 3 (agent will automatically use protocol >2 when speaking to"
                    + " compatible agents)";

    /** The name as the calling process gave it, be it a path or not; any other than Consul's is our own. */
    public static ProgramName of(String calledAs, String version, String consulApi) {
        Path file = Path.of(calledAs).getFileName();
        boolean isConsul = file != null && file.toString().equals(CONSUL);
        return new ProgramName(isConsul ? CONSUL : OWN, version, consulApi);
    }

    /** What {@code version} prints: called as Consul, in the form that scripts read of Consul. */
    String versionText() {
        String consul = "Consul v" + consulApi;
        String entente = "Entente v" + version;
        return name.equals(CONSUL)
                ? lines(consul, "Served by " + entente, PROTOCOLS)
                : lines(entente, "Speaks the API of " + consul);
    }

    /** The same as JSON, with the members that Consul has. */
    String versionJson() {
        return lines(
                "{",
                "   \"Version\": \"" + consulApi + "\",",
                "   \"Revision\": \"\",",
                "   \"Prerelease\": \"\",",
                "   \"ServedBy\": \"Entente v" + version + "\",",
                "   \"RPC\": {",
                "      \"Default\": 2,",
                "      \"Min\": 2,",
                "      \"Max\": 3",
                "   }",
                "}");
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines);
    }
}
