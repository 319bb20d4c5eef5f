package dev.allsquare.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which process listens on a port, as far as Linux lets us see. */
final class PortOwner {

  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";
  private static final int HEXADECIMAL = 16;
  private static final int SHOWN = 80;

  private PortOwner() {}

  /** A text such as {@code pid 42, /usr/bin/java …}. */
  static Optional<String> of(int port) {
    Set<String> sockets = sockets(port);
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(PortOwner::describe);
  }

  private static Set<String> sockets(int port) {
    var found = new HashSet<String>();
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      try (var lines = Files.lines(Path.of(table))) {
        lines
            .skip(1)
            .map(line -> line.strip().split("\\s+", -1))
            .filter(fields -> fields[STATE].equals(LISTENING) && port(fields) == port)
            .forEach(fields -> found.add("socket:[" + fields[INODE] + "]"));
      } catch (IOException e) {
        return found;
      }
    }
    return found;
  }

  private static int port(String[] fields) {
    String address = fields[LOCAL_ADDRESS];
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEXADECIMAL);
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (var files = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  private static String describe(ProcessHandle process) {
    String command = process.info().commandLine().or(process.info()::command).orElse("unknown");
    String shown = command.length() > SHOWN ? command.substring(0, SHOWN) + "…" : command;
    return "pid " + process.pid() + ", " + shown;
  }
}
