import java.net.HttpURLConnection;
import java.net.URI;

/** Asks the service in this container whether it is ready, where there is neither shell nor curl. */
final class Health {

  private static final int TIMEOUT_MILLIS = 3_000;

  private Health() {}

  public static void main(String[] arguments) throws Exception {
    var uri = URI.create("http://localhost:" + port() + "/actuator/health/readiness");
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    System.exit(connection.getResponseCode() == HttpURLConnection.HTTP_OK ? 0 : 1);
  }

  /** The image knows which service it holds; who moves the port says so in the usual way. */
  private static String port() {
    var moved = System.getenv("MANAGEMENT_SERVER_PORT");
    return moved == null ? System.getenv("MANAGEMENT_PORT") : moved;
  }
}
