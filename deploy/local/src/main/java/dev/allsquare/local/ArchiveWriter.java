package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Which of the topologies that run from one build writes the archives of its classes. Each JVM
 * writes when it ends, so two writers could meet in one file; the others only read.
 */
final class ArchiveWriter {

  private ArchiveWriter() {}

  /** Whether it is this topology: because it was before, or since whoever was has ended. */
  static synchronized boolean is(Path data, Path archives) {
    try (var channel =
            FileChannel.open(
                archives.resolve("classes.writer"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var writer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      if (!writer.isEmpty() && !writer.equals(data.toString()) && isUp(Path.of(writer))) {
        return false;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(data.toString().getBytes(StandardCharsets.UTF_8)), 0);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("could not tell who writes the archives in " + archives, e);
    }
  }

  private static boolean isUp(Path data) {
    return StartLock.isTaken(data)
        || Topology.known(data).filter(RunningTopology::isAnythingRunning).isPresent();
  }
}
