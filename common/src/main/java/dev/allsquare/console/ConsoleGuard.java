package dev.allsquare.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What a page of another origin could do is refused, and what one of ours may do is told to the
 * browser. A form is ours when it knows what the cookie says, which no other origin can read.
 */
final class ConsoleGuard extends OncePerRequestFilter {

  static final String TOKEN = "csrf";
  private static final String COOKIE = "allsquare-console";
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getServletPath(); // without ";x", which would pass by
    return !path.equals("/console") && !path.startsWith("/console/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    var cookie = cookie(request);
    if (!isSafe(request) && !isOurs(request, cookie.orElse(null))) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    request.setAttribute(TOKEN, cookie.orElseGet(() -> issue(response)));
    chain.doFilter(request, response);
  }

  private static boolean isSafe(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static boolean isOurs(HttpServletRequest request, @Nullable String cookie) {
    var site = request.getHeader("Sec-Fetch-Site");
    var form = request.getParameter(TOKEN);
    return (site == null || site.equals("same-origin"))
        && cookie != null
        && form != null
        && MessageDigest.isEqual(cookie.getBytes(UTF_8), form.getBytes(UTF_8));
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    return Stream.of(request.getCookies() == null ? new Cookie[0] : request.getCookies())
        .filter(it -> it.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .findFirst();
  }

  private static String issue(HttpServletResponse response) {
    var bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    var token = HexFormat.of().formatHex(bytes);
    var cookie =
        ResponseCookie.from(COOKIE, token).path("/console").httpOnly(true).sameSite("Strict");
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    return token;
  }
}
