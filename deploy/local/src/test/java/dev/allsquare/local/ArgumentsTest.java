package dev.allsquare.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people type after the commands. */
class ArgumentsTest {

  @Test
  void upStaysInFrontWithOneReplicaUnlessToldOtherwise() {
    assertThat(parse("up")).isEqualTo(new Arguments.Up(false, false, false, 1, 0));
    assertThat(parse("up --detach --replicas 2 --fresh --observe --offset 1000"))
        .isEqualTo(new Arguments.Up(true, true, true, 2, 1000));
  }

  @Test
  void theOtherCommandsTakeWhatTheyNeed() {
    assertThat(parse("down")).isEqualTo(new Arguments.Down());
    assertThat(parse("status")).isEqualTo(new Arguments.Status(false));
    assertThat(parse("status --json")).isEqualTo(new Arguments.Status(true));
    assertThat(parse("kill kafka")).isEqualTo(new Arguments.Kill("kafka"));
    assertThat(parse("start order-service-2")).isEqualTo(new Arguments.Start("order-service-2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "down", "status", "kill", "start"})
  void everyCommandHelps(String command) {
    assertThat(parse(command + " --help"))
        .isInstanceOfSatisfying(
            Arguments.Help.class,
            help -> assertThat(help.text()).startsWith("deploy/local/" + command));
    assertThat(parse(command + " -h")).isInstanceOf(Arguments.Help.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up --detached",
        "up now",
        "up --replicas",
        "up --replicas 0",
        "up --replicas 10",
        "up --replicas two",
        "up --replicas -1",
        "up --replicas 99999999999",
        "up --offset 50000",
        "down postgres",
        "status --xml",
        "kill",
        "kill postgres kafka",
        "kill --force",
        "start",
        "restart kafka"
      })
  void whatMakesNoSenseIsRefused(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(Arguments.Misunderstood.class);
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheOnesThereAre() {
    assertThatThrownBy(() -> parse("up --detached"))
        .hasMessageContaining("does not know --detached")
        .hasMessageContaining("--detach ")
        .hasMessageContaining("--replicas");
    assertThatThrownBy(() -> parse("up --replicas two"))
        .hasMessage("--replicas needs a number from 1 to 9, not two.");
  }

  private static Arguments.Command parse(String line) {
    return Arguments.parse(List.of(line.split(" ", -1)));
  }
}
