package dev.entente.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entente.domain.identity.Outcome;
import dev.entente.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeeringTokenPropertyTest {
    private static final int ROUNDS = 300;
    private static final String ALPHABET = "ab\"\\/{}[]:,<>&\n\t\u0001\u007f\u00e4\u2028\u4e2d 019-";

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 2, 3), new SplittableRandom().longs(3));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsEncodedIsDecodedAsItWas(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            PeeringToken token = token(random);
            assertThat(PeeringToken.decode(token.encode())).isEqualTo(Outcome.accepted(token));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedTokensAreRefusedOrReadButNeverBreakTheReader(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] json = Base64.getDecoder().decode(token(random).encode());
            byte[] damaged = damage(random, json);
            String encoded = Base64.getEncoder().encodeToString(damaged);
            assertThat(PeeringToken.decode(encoded).flatMap(PeeringToken::checked))
                    .isNotNull();
            assertThat(PeeringToken.decode(new String(
                            damage(random, encoded.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.ISO_8859_1)))
                    .isNotNull();
        }
    }

    private static byte[] damage(SplittableRandom random, byte[] sound) {
        byte[] damaged = java.util.Arrays.copyOf(sound, Math.max(1, sound.length));
        IntStream.range(0, 1 + random.nextInt(4))
                .forEach(i -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256));
        return random.nextBoolean() ? damaged : java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }

    private static PeeringToken token(SplittableRandom random) {
        return new PeeringToken(
                texts(random),
                texts(random),
                texts(random),
                text(random),
                text(random),
                new Secret(text(random)),
                text(random),
                text(random));
    }

    private static List<String> texts(SplittableRandom random) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> text(random)).toList();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
