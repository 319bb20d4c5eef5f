package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two topologies of one build: only one of them writes what both read. */
class ArchiveWriterTest {

  @TempDir Path archives;
  @TempDir Path one;
  @TempDir Path other;

  @Test
  void whileOneIsUpTheOtherOnlyReads() {
    try (var _ = StartLock.take(one)) {
      assertThat(ArchiveWriter.is(one, archives)).isTrue();
      assertThat(ArchiveWriter.is(other, archives)).isFalse();
      assertThat(ArchiveWriter.is(one, archives)).isTrue();
    }
  }

  @Test
  void whenItHasEndedTheOtherTakesOver() {
    assertThat(ArchiveWriter.is(one, archives)).isTrue();
    assertThat(ArchiveWriter.is(other, archives)).isTrue();
    try (var _ = StartLock.take(other)) {
      assertThat(ArchiveWriter.is(one, archives)).isFalse();
    }
  }

  @Test
  void aDirectoryThatIsGoneIsNobody() {
    assertThat(ArchiveWriter.is(one.resolve("wiped"), archives)).isTrue();
    assertThat(ArchiveWriter.is(other, archives)).isTrue();
    assertThat(one.resolve("wiped")).doesNotExist();
  }
}
