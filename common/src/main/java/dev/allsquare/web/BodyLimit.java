package dev.allsquare.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bodies have at most 64 KiB. The limit counts what is read, so that it holds for chunked bodies,
 * which don't say how long they are.
 */
final class BodyLimit extends OncePerRequestFilter {

  static final int BYTES = 64 * 1024;

  /** The body is longer; thrown at whoever reads on. */
  static final class Exceeded extends IOException {
    Problem problem() {
      return BodyLimit.problem();
    }
  }

  static Problem problem() {
    return new Problem(
        HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "A body has at most 65,536 bytes.");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(new LimitedRequest(request), response);
  }

  private static final class LimitedRequest extends HttpServletRequestWrapper {

    LimitedRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (getContentLengthLong() > BYTES) {
        throw new Exceeded();
      }
      return new LimitedStream(super.getInputStream());
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream body;
    private int count;

    LimitedStream(ServletInputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      int b = body.read();
      counted(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = body.read(buffer, offset, length);
      counted(Math.max(n, 0));
      return n;
    }

    private void counted(int bytes) throws IOException {
      count += bytes;
      if (count > BYTES) {
        throw new Exceeded();
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
