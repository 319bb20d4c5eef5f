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

  private static FileChannel open(Path data) throws IOException {
    Files.createDirectories(data.resolve("run"));
    return FileChannel.open(
        data.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
