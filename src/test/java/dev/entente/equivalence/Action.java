package dev.entente.equivalence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step does to one pair; the answers have to be equal in all pairs. */
@FunctionalInterface
interface Action {
    List<Answer> on(Pair pair) throws IOException;

    /** One HTTP request to one side. */
    record Call(
            Side side, String method, String path, @Nullable String body) {
        Answer on(Pair pair) throws IOException {
            return pair.on(side).call(method, path, body);
        }
    }

    static Action calls(List<Call> calls) {
        return pair -> {
            List<Answer> answers = new ArrayList<>();
            for (Call call : calls) {
                answers.add(call.on(pair));
            }
            return answers;
        };
    }
}
