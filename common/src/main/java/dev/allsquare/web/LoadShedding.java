package dev.allsquare.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Serves so many requests at once and sends the others away. Each that waits costs memory, and
 * whoever is not answered in time asks again: without a limit, a service that was down for a minute
 * is buried under those who waited, and never gets up again.
 *
 * <p>A stream counts until it has begun.
 */
final class LoadShedding implements AsyncHandlerInterceptor {

  private static final String COUNTED = LoadShedding.class.getName();

  private final Semaphore room;

  LoadShedding(int atOnce) {
    this.room = new Semaphore(atOnce);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!room.tryAcquire()) {
      throw new Problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              "overloaded",
              "Too many requests are waiting here. Nothing was done; try again in a moment.")
          .with(HttpHeaders.RETRY_AFTER, "1");
    }
    request.setAttribute(COUNTED, true);
    return true;
  }

  @Override
  public void afterConcurrentHandlingStarted(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    leave(request);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    leave(request);
  }

  private void leave(HttpServletRequest request) {
    if (request.getAttribute(COUNTED) != null) {
      request.removeAttribute(COUNTED);
      room.release();
    }
  }
}
