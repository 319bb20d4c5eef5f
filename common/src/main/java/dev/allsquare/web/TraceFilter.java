package dev.allsquare.web;

import dev.allsquare.logging.LogContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request its place in a trace, and its log lines that trace's id. */
final class TraceFilter extends OncePerRequestFilter implements Ordered {

  /** Behind Spring Boot's observation of the request, whose span goes on where there is one. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 10;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String ours = Traceparent.continued(request.getHeader("traceparent"));
    request.setAttribute(Traceparent.ATTRIBUTE, ours);
    try (var _ = MDC.putCloseable(LogContext.TRACE, LogContext.traceOf(ours))) {
      chain.doFilter(request, response);
    }
  }
}
