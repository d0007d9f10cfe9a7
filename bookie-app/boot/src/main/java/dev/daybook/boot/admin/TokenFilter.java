package dev.daybook.boot.admin;

import dev.daybook.client.admin.BookieUsage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in whoever shows the token; without it only what machines ask for that watch the bookie, and the console. */
final class TokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OPEN = Set.of(
            "/heartbeat",
            "/metrics",
            "/api/v1/bookie/is_ready",
            OpenApiController.PATH,
            BookieUsage.PATH,
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/prometheus");

    private final AdminToken token;

    TokenFilter(AdminToken token) {
        this.token = token;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!token.required() || isOpen(request) || showsToken(request)) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"daybook\"");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream()
                .write(("{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Show the token of " + token.place()
                                + ": Authorization: Bearer TOKEN.\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOpen(HttpServletRequest request) {
        return request.getMethod().equals("GET") && OPEN.contains(request.getRequestURI());
    }

    private boolean showsToken(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.matches(header.substring(SCHEME.length()).strip());
    }
}
