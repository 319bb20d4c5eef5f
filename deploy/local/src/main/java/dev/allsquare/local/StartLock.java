package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Only one command at a time starts or stops; the system frees the lock of one that died. */
final class StartLock implements AutoCloseable {

  private final FileChannel channel;

  private StartLock(FileChannel channel) {
    this.channel = channel;
  }

  /** For one part: waits for whoever has it. */
  static StartLock await(Path data) {
    try {
      var channel = open(data);
      channel.lock();
      return new StartLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not lock " + data, e);
    }
  }

  /** For the end of this program: waits for another one, but not for a start of our own. */
  static StartLock awaitOthers(Path data) {
    try {
      var channel = open(data);
      try {
        channel.lock();
      } catch (OverlappingFileLockException e) {
        // A start of ours is under way, and gives up when it sees that we stop.
      }
      return new StartLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not lock " + data, e);
    }
  }

  /** For the whole: refuses while somebody else has it. */
  static StartLock take(Path data) {
    try {
      var channel = open(data);
      if (!locked(channel)) {
        channel.close();
        throw new TopologyException(
            "Another command is just starting or stopping what lives in "
                + data
                + ". Wait for it, or end it with Ctrl-C in its terminal.");
      }
      return new StartLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not lock " + data, e);
    }
  }

  /** Whether some command is just starting or stopping what lives there. */
  static boolean isTaken(Path data) {
    if (!Files.exists(file(data))) {
      return false;
    }
    try (var channel = open(data)) {
      return !locked(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not look for a lock of " + data, e);
    }
  }

  private static FileChannel open(Path data) throws IOException {
    Files.createDirectories(file(data).getParent());
    return FileChannel.open(file(data), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Whoever deletes this file lets a second command in beside the one that has it locked. */
  static Path file(Path data) {
    return data.resolve("run").resolve("lock");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not unlock", e);
    }
  }
}
