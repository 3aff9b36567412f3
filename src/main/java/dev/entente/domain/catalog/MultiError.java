package dev.entente.domain.catalog;

import java.util.List;

/** Several complaints as one text, in the form that Consul's validations have (protocol chapter 6.5). */
final class MultiError {
    private MultiError() {}

    static String text(List<String> complaints) {
        StringBuilder text = new StringBuilder()
                .append(complaints.size())
                .append(complaints.size() == 1 ? " error occurred:" : " errors occurred:");
        complaints.forEach(complaint -> text.append("\n\t* ").append(complaint));
        return text.append("\n\n").toString();
    }
}
