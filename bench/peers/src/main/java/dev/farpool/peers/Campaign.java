package dev.farpool.peers;

import dev.farpool.peers.budget.Budgets;
import dev.farpool.peers.process.Children;
import dev.farpool.peers.table.Measurements;
import dev.farpool.peers.table.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All peers in turn, round after round: what disturbs the machine for a while disturbs one round of
 * several peers and not all rounds of one. A peer that fails is left out from then on.
 */
final class Campaign {
  private final List<Peer> peers;
  private final int rounds;
  private final Effort effort;
  private final PrintWriter progress;
  private final Measurements measurements = new Measurements();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private boolean failed;

  Campaign(List<Peer> peers, int rounds, Effort effort, PrintWriter progress) {
    this.peers = List.copyOf(peers);
    this.rounds = rounds;
    this.effort = effort;
    this.progress = progress;
  }

  void run() throws InterruptedException {
    List<Peer> present = present();
    for (int round = 1; round <= rounds; round++) {
      for (Peer peer : List.copyOf(present)) {
        say("round " + round + " of " + rounds + ": " + peer.name());
        if (!measure(peer)) {
          present.remove(peer);
        }
      }
    }
  }

  private List<Peer> present() {
    List<Peer> present = new ArrayList<>();
    for (Peer peer : peers) {
      peer.missing()
          .ifPresentOrElse(why -> leaveOut(peer, "not here, " + why), () -> present.add(peer));
    }
    return present;
  }

  private boolean measure(Peer peer) throws InterruptedException {
    try (Children children = new Children()) {
      measurements.add(peer.name(), peer.measure(children, effort));
      return true;
    } catch (IOException | IllegalStateException | IllegalArgumentException broken) {
      failed = true;
      leaveOut(peer, "failed, " + broken.getMessage());
      return false;
    }
  }

  private void leaveOut(Peer peer, String why) {
    absent.put(peer.name(), why);
    say(peer.name() + ": " + why);
  }

  private void say(String text) {
    progress.println("peers: " + text);
    progress.flush();
  }

  Report report() {
    return new Report(rounds, measurements.rows(), absent);
  }

  /** The budgets beside what was measured; empty if nothing of them was. */
  String budgets() {
    return Budgets.table(measurements);
  }

  /** Whether a peer that is there could not be measured. */
  boolean hasFailed() {
    return failed;
  }
}
