package dev.daybook.console.security;

import dev.daybook.console.ConsoleProperties;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** One user, a form for people, Basic for scrapers, nothing open but health, the login page and its style sheet. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String BCRYPT_PREFIX = "{bcrypt}";

    /** No inline script or style, nothing from elsewhere, no embedding. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; "
            + "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    UserDetailsService users(ConsoleProperties properties, PasswordEncoder encoder) {
        String given = properties.password();
        String hash = given.startsWith(BCRYPT_PREFIX) ? given.substring(BCRYPT_PREFIX.length()) : encoder.encode(given);
        return new InMemoryUserDetailsManager(User.withUsername(properties.username())
                .password(hash)
                .roles("OPERATOR")
                .build());
    }

    @Bean
    LoginThrottle loginThrottle() {
        return new LoginThrottle(InstantSource.system());
    }

    @Bean
    ApplicationListener<AuthenticationSuccessEvent> forgetAttempts(LoginThrottle throttle) {
        return event -> {
            if (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details) {
                throttle.succeeded(details.getRemoteAddress());
            }
        };
    }

    /** For orchestrators and scrapers: no session, no form, no cookie. */
    @Bean
    @Order(1)
    SecurityFilterChain machines(HttpSecurity http, ConsoleProperties properties, LoginThrottle throttle) {
        http.securityMatcher("/actuator/**").authorizeHttpRequests(requests -> {
            requests.requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
                    .permitAll();
            if (properties.prometheusOpen()) {
                requests.requestMatchers("/actuator/prometheus").permitAll();
            }
            requests.anyRequest().authenticated();
        });
        http.httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.disable()) // Nothing below this path changes anything, and there is no cookie.
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new LoginThrottleFilter(throttle), BasicAuthenticationFilter.class);
        headers(http);
        return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, LoginThrottle throttle) {
        http.authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/assets/**", "/login")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .requestCache(cache -> cache.requestCache(requestsBeforeLogin()))
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/"))
                .logout(logout -> logout.logoutSuccessUrl("/login?out"))
                .addFilterBefore(new LoginThrottleFilter(throttle), UsernamePasswordAuthenticationFilter.class);
        headers(http);
        return http.build();
    }

    /** Keeps "?continue" out of addresses that people share. */
    @SuppressWarnings("NullAway") // The setter documents null as "no parameter" but is not annotated so.
    private static HttpSessionRequestCache requestsBeforeLogin() {
        HttpSessionRequestCache requests = new HttpSessionRequestCache();
        requests.setMatchingRequestParameterName(null);
        return requests;
    }

    private static void headers(HttpSecurity http) {
        http.headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(coop -> coop.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(corp -> corp.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions ->
                        permissions.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()")));
    }
}
