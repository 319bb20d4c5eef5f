package dev.allsquare.local;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Asks a broker which versions it speaks: an open port alone does not mean that it works already.
 */
final class KafkaProbe {

  private static final int TIMEOUT_MILLIS = 1_000;
  private static final short API_VERSIONS = 18;
  private static final short NO_CLIENT_ID = -1;
  private static final int CORRELATION = 42;

  private KafkaProbe() {}

  static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(Ports.HOST), port), TIMEOUT_MILLIS);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(10); // what follows
      out.writeShort(API_VERSIONS);
      out.writeShort(0);
      out.writeInt(CORRELATION);
      out.writeShort(NO_CLIENT_ID);
      out.flush();
      var in = new DataInputStream(socket.getInputStream());
      in.readInt();
      return in.readInt() == CORRELATION;
    } catch (IOException e) {
      return false;
    }
  }
}
