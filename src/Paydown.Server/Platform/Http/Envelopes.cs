namespace Paydown.Server.Platform.Http;

/// <summary>
/// Gives the envelope to what never reaches a route: unknown paths, wrong methods, and bugs outside the door.
/// </summary>
public static class Envelopes
{
    public static void UseEnvelopes(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await next(http);
        if (http.Response.HasStarted || http.Response.ContentType is not null || http.Response.StatusCode < 400) return;
        if (RequiredHeaders.FindInteractionId(http.Request.Headers) is { } id)
            http.Response.Headers[RequiredHeaders.InteractionId] = id;
        await (http.Response.StatusCode switch
        {
            404 => Failure.UnknownPath.ToAnswer(),
            405 => Failure.MethodNotAllowed(http.Request.Method).ToAnswer(),
            var status => Answer.Failed(status, "BAD_REQUEST", "Bad Request", "The request could not be read."),
        }).SendAsync(http);
    });
}
