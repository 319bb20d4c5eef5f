package dev.allsquare.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Unpacks them once; an interrupted unpacking leaves nothing that looks whole. */
  static void unpack(Path home, Path target) throws IOException {
    Path jar = jar(home);
    Path marker = target.resolve(jar.getFileName() + ".unpacked");
    if (Files.exists(marker)) {
      return;
    }
    Directories.delete(target);
    Files.createDirectories(target);
    try (var archive = new ZipFile(jar.toFile())) {
      var entry =
          archive.stream()
              .filter(candidate -> candidate.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new TopologyException("There is no PostgreSQL in " + jar + "."));
      unpack(archive.getInputStream(entry), target);
    }
    Files.createFile(marker);
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
