package dev.allsquare.local;

import java.io.IOException;
import java.util.List;

/** What a process can be told; Java itself only knows TERM and KILL. */
enum Signal {
  TERM,
  INT,
  KILL,
  STOP,
  CONT;

  void send(List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    // The shell's own kill: a slim system may have no kill program. No matter if one has just
    // ended.
    var command = new StringBuilder("kill -s ").append(name());
    pids.forEach(pid -> command.append(' ').append(pid));
    try {
      new ProcessBuilder("sh", "-c", command.toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new TopologyException("Could not run sh to send a signal: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TopologyException("Interrupted while sending " + name() + ".", e);
    }
  }
}
