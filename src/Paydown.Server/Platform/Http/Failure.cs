using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// What the door and the envelopes answer where a request never reaches the rules, so that there is no refusal of
/// theirs. With <see cref="Refusals"/> these are all codes there are.
/// </summary>
public sealed record Failure(int Status, string Code, string Title, string Message)
{
    public const int BodyBytesMax = 64 * 1024;

    public static Failure UnknownPath { get; } = new(404, "NOT_FOUND", "Not Found", "There is no such path.");

    public static Failure PayloadTooLarge { get; } =
        new(413, "PAYLOAD_TOO_LARGE", "Payload Too Large", $"The body must be at most {BodyBytesMax} bytes.");

    public static Failure UnsupportedMediaType { get; } =
        new(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "Unsupported Media Type",
            "Send the body as Content-Type: application/json."
        );

    public static Failure ServerError { get; } =
        new(
            500,
            "SERVER_ERROR",
            "Server Error",
            "Something went wrong on our side. If you try again, use the same idempotency key."
        );

    public static Failure MethodNotAllowed(string method) =>
        new(405, "METHOD_NOT_ALLOWED", "Method Not Allowed", $"This path does not take {method}.");

    public Answer ToAnswer() => Answer.Failed(Status, Code, Title, Message);
}
