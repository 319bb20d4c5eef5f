package dev.allsquare.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Remembers a process beyond our own life, by pid and birth: a recycled pid is somebody else. */
record PidFile(Path file) {

  void write(long pid) {
    String birth = Birth.of(pid).map(Birth::text).orElse("gone");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.write(draft, List.of(Long.toString(pid), birth));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  /** The process, if it is the one that was written and still lives. */
  Optional<ProcessHandle> alive() {
    return pid()
        .filter(pid -> Birth.of(pid).map(Birth::text).equals(line(1)))
        .flatMap(ProcessHandle::of);
  }

  /** Whether a process was started and nobody has said since that it should be gone. */
  boolean exists() {
    return Files.exists(file);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + file, e);
    }
  }

  private Optional<Long> pid() {
    return line(0).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
  }

  private Optional<String> line(int number) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.size() > number ? Optional.of(lines.get(number)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
