package dev.allsquare.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that hold a password. */
final class OwnerOnly {

  @FunctionalInterface
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  private OwnerOnly() {}

  static void write(Path file, Content content) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".draft",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = Files.newOutputStream(draft)) {
      content.to(out);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
