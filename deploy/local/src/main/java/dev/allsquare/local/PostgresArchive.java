package dev.allsquare.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, as they come: a tar in an xz in a jar. The build puts the jar there. */
final class PostgresArchive {

  private static final int EXECUTABLE = 0111;

  private PostgresArchive() {}

  /**
   * Where they are, unpacked beside the jar: one copy serves all topologies of this repository. An
   * interrupted unpacking leaves nothing that looks whole.
   */
  static Path unpacked(Path home) throws IOException {
    Path jar = jar(home);
    Path target = jar.resolveSibling("unpacked");
    Path marker = target.resolve(jar.getFileName() + ".whole");
    if (!Files.exists(marker)) {
      unpackAlone(jar, target, marker);
    }
    return target;
  }

  /** Several topologies may start at once, in this JVM or in several. */
  private static synchronized void unpackAlone(Path jar, Path target, Path marker)
      throws IOException {
    try (var channel =
            FileChannel.open(
                jar.resolveSibling("unpacking.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!Files.exists(marker)) {
        Directories.delete(target);
        unpack(jar, target);
        Files.createFile(marker);
      }
    }
  }

  private static void unpack(Path jar, Path target) throws IOException {
    Files.createDirectories(target);
    try (var archive = new ZipFile(jar.toFile())) {
      var entry =
          archive.stream()
              .filter(candidate -> candidate.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new TopologyException("There is no PostgreSQL in " + jar + "."));
      unpack(archive.getInputStream(entry), target);
    }
  }

  private static Path jar(Path home) throws IOException {
    Path directory = home.resolve("deploy/local/target/postgres");
    return Jars.single(directory, "postgres-*.jar");
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target.normalize())) {
          throw new IOException(entry.getName() + " points out of the archive");
        }
        write(tar, entry, file);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    if ((entry.getMode() & EXECUTABLE) != 0) {
      Files.setPosixFilePermissions(
          file,
          EnumSet.complementOf(
              EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)));
    }
  }
}
