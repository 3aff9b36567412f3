package dev.entente.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Refusal;
import dev.entente.domain.identity.RefusedException;
import dev.entente.fake.VirtualLoop;
import dev.entente.rest.http.AnswerRoom.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets room for a large answer, and when. */
class AnswerRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VirtualLoop loop = new VirtualLoop();
    private final AnswerRoom room = new AnswerRoom(100, PATIENCE, loop);
    private final List<String> heard = new ArrayList<>();
    private final List<Space> spaces = new ArrayList<>();

    private void ask(String name, long bytes) {
        room.enter(bytes)
                .subscribe()
                .with(
                        space -> {
                            heard.add(name);
                            spaces.add(space);
                        },
                        failure -> heard.add(name + " " + kind(failure)));
    }

    private static Refusal.Kind kind(Throwable failure) {
        return ((RefusedException) failure).refusal().kind();
    }

    @Test
    void whoFitsEntersAtOnce() {
        ask("a", 60);
        ask("b", 40);

        assertThat(heard).containsExactly("a", "b");
        assertThat(room.held()).isEqualTo(100);
    }

    @Test
    void whoDoesNotFitEntersWhenSomebodyLeaves() {
        ask("a", 60);
        ask("b", 60);
        assertThat(heard).containsExactly("a");
        assertThat(room.waiting()).isEqualTo(1);

        spaces.get(0).leave();

        assertThat(heard).containsExactly("a", "b");
        assertThat(room.held()).isEqualTo(60);
        assertThat(room.waiting()).isZero();
    }

    @Test
    void nobodyOvertakesSoThatTheLargestGetsItsTurn() {
        ask("a", 60);
        ask("large", 100);
        ask("small", 10);
        assertThat(heard).containsExactly("a");

        spaces.get(0).leave();
        assertThat(heard).containsExactly("a", "large");

        spaces.get(1).leave();
        assertThat(heard).containsExactly("a", "large", "small");
    }

    @Test
    void whoWaitedForLongIsRefusedAndTheNextIsLookedAt() {
        ask("a", 60);
        ask("large", 100);
        loop.advance(Duration.ofSeconds(5));
        ask("small", 10);

        loop.advance(Duration.ofSeconds(5));

        assertThat(heard).containsExactly("a", "large EXHAUSTED", "small");
        spaces.forEach(Space::leave);
        loop.advance(PATIENCE);
        assertThat(heard).hasSize(3);
        assertThat(room.held()).isZero();
    }

    @Test
    void whatIsLargerThanTheRoomHasItForItself() {
        ask("a", 1);
        ask("huge", 1000);
        ask("b", 1);

        spaces.get(0).leave();
        assertThat(heard).containsExactly("a", "huge");

        spaces.get(1).leave();
        assertThat(heard).containsExactly("a", "huge", "b");
    }

    @Test
    void whatBecameSmallerMakesRoomAndLeavingTwiceGivesNothingBackTwice() {
        ask("a", 100);
        ask("b", 50);

        spaces.get(0).resize(50);
        assertThat(heard).containsExactly("a", "b");

        spaces.get(0).leave();
        spaces.get(0).leave();
        assertThat(room.held()).isEqualTo(50);
    }

    @Test
    void tooManyWaitersAreRefusedAtOnce() {
        ask("a", 100);
        for (int i = 0; i < 256; i++) {
            ask("w" + i, 1);
        }

        ask("last", 1);

        assertThat(heard).containsExactly("a", "last EXHAUSTED");
    }

    @Test
    void whatDoesNotWaitHasAPartOfItsOwn() {
        ask("a", 100);

        Space beside = room.enterBeside(20).orElseThrow();
        assertThat(room.enterBeside(20)).isEmpty();
        assertThat(room.held()).isEqualTo(120);

        beside.leave();
        assertThat(room.enterBeside(20)).isPresent();
    }
}
