package dev.entente.domain.peering;

import dev.entente.domain.identity.Outcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done to the peering of one name; decided from values alone, so a decision can be repeated under a lock.
 *
 * <pre>
 *  (none) ──GenerateToken──▶ PENDING (acceptor)          PENDING, ESTABLISHING ──TerminatePeering──▶ TERMINATED
 *  (none) ──BeginEstablish─▶ PENDING (dialer)            TERMINATED ──GenerateToken, BeginEstablish──▶ PENDING
 *  PENDING ──CompleteEstablish──▶ ESTABLISHING           ESTABLISHING, not connected ──BeginEstablish──▶ PENDING
 *                                                        any but DELETING ──DeletePeering──▶ DELETING ──RemovePeering──▶ (none)
 * </pre>
 *
 * <p>ACTIVE and FAILING are never stored: they are what a stream's status adds when a peering is shown (protocol chapter 3.8). A
 * record that is DELETING never becomes anything else. Texts that Consul sends are those of protocol chapters 1.3, 1.4, 1.6, 3.1
 * and 7.5; where this machine deliberately does otherwise, the command says so.
 */
public sealed interface PeeringCommand
        permits BeginEstablish,
                CompleteEstablish,
                DeletePeering,
                ExchangeSecret,
                GenerateToken,
                OpenStream,
                RemovePeering,
                TerminatePeering,
                UpdateAddresses,
                WritePeering {

    /**
     * Decides what is held under the name afterwards; empty when nothing is. Unchanged when the command has nothing to do.
     *
     * @param held what is held now, null when there is no such peering
     */
    Outcome<Optional<HeldPeering>> decide(@Nullable HeldPeering held);
}
