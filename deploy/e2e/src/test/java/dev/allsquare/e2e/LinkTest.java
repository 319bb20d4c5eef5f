package dev.allsquare.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkTest {

  private ServerSocket echo;
  private Link link;
  private Socket caller;

  @BeforeEach
  void call() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::echoes);
    link = new Link(echo.getLocalPort());
    caller = new Socket(InetAddress.getLoopbackAddress(), link.port());
    caller.setSoTimeout(5_000);
  }

  @AfterEach
  void hangUp() throws IOException {
    caller.close();
    link.close();
    echo.close();
  }

  @Test
  void passesOnWhatIsSaidWhileItIsWhole() throws IOException {
    assertThat(answer("hello")).isEqualTo("hello");
  }

  @Test
  void endsConnectionsWhenItIsCutAndTakesNewOnesOnceItIsWholeAgain() throws IOException {
    answer("hello");
    link.is(Link.State.CUT);
    assertThatThrownBy(() -> answer("hello")).isInstanceOf(IOException.class);
    link.is(Link.State.WHOLE);
    caller = new Socket(InetAddress.getLoopbackAddress(), link.port());
    assertThat(answer("hello")).isEqualTo("hello");
  }

  @Test
  void countsWhatItHasSpoilt() throws IOException {
    answer("hello");
    assertThat(link.harm()).isZero();
    link.is(Link.State.SLOW);
    answer("hello");
    long slowed = link.harm();
    assertThat(slowed).isPositive();
    link.reset();
    assertThat(link.harm()).isGreaterThan(slowed);
  }

  @Test
  void losesTheAnswerToACommitWhoseNameItHeardBefore() throws IOException {
    answer("P\0\0\0\20S_7\0COMMIT\0\0\0");
    link.is(Link.State.CUT_AT_COMMIT);
    assertThat(answer("select")).isEqualTo("select");
    assertThatThrownBy(() -> answer("B\0\0\0\20\0S_7\0")).isInstanceOf(IOException.class);
  }

  private String answer(String said) throws IOException {
    caller.getOutputStream().write(said.getBytes(ISO_8859_1));
    var bytes = caller.getInputStream().readNBytes(said.length());
    if (bytes.length < said.length()) {
      throw new IOException("the connection ended");
    }
    return new String(bytes, ISO_8859_1);
  }

  private void echoes() {
    while (!echo.isClosed()) {
      try {
        var socket = echo.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (socket) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                  } catch (IOException e) {
                    // The caller has gone.
                  }
                });
      } catch (IOException e) {
        return;
      }
    }
  }
}
