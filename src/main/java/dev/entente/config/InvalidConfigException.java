package dev.entente.config;

import java.util.List;

/** The configuration cannot be used; every reason is a line for the operator. */
public final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One reason. */
    public InvalidConfigException(String message) {
        super(message);
    }

    /** One reason with what was behind it. */
    public InvalidConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Several reasons about one source, in the form that Consul's own agent prints. */
    static InvalidConfigException of(String source, List<String> reasons) {
        String head = reasons.size() == 1 ? "1 error occurred:" : reasons.size() + " errors occurred:";
        return new InvalidConfigException(
                "failed to parse " + source + ": " + head + "\n\t* " + String.join("\n\t* ", reasons));
    }
}
