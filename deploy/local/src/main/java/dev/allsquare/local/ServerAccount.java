package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. For root it gets a user namespace of its own, in which it is
 * nobody in particular; where namespaces are forbidden (most containers), it really becomes another
 * user.
 *
 * @param prefix what stands before the program
 */
record ServerAccount(List<String> prefix) {

  private static final int NOBODY = 65_534;

  static ServerAccount forDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
      if (!isRoot()) {
        return new ServerAccount(List.of());
      }
      if (Commands.succeeds(List.of("unshare", "--user", "true"))) {
        return new ServerAccount(List.of("unshare", "--user"));
      }
      return nobody(directory);
    } catch (IOException e) {
      throw new TopologyException("Could not prepare " + directory + ": " + e.getMessage(), e);
    }
  }

  private static ServerAccount nobody(Path directory) throws IOException {
    var prefix = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    try (var files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
      }
    }
    var probe = new ArrayList<>(prefix);
    probe.addAll(List.of("test", "-w", directory.toString()));
    if (!Commands.succeeds(probe)) {
      throw new TopologyException(
          "PostgreSQL does not run as root, and here it cannot become another user who reaches "
              + directory
              + ". Run this as an ordinary user, or from a directory that everybody can enter.");
    }
    return new ServerAccount(prefix);
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
