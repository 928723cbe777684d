using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// The answers to requests that never reach the rules. Together with <see cref="Refusals"/> they have all error codes.
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

    /// <summary>A form was sent in place of the file itself.</summary>
    public static Failure FileExpected { get; } =
        new(
            415,
            UnsupportedMediaType.Code,
            UnsupportedMediaType.Title,
            "Send the file itself as the body, without a form around it: curl --data-binary @file."
        );

    public static Failure ServerError { get; } =
        new(
            500,
            "SERVER_ERROR",
            "Server Error",
            "Something went wrong on our side. If you try again, use the same idempotency key."
        );

    /// <summary>A file is larger than its route takes.</summary>
    public static Failure FileTooLarge(int bytesMax) =>
        new(
            413,
            PayloadTooLarge.Code,
            PayloadTooLarge.Title,
            $"The file must be at most {bytesMax / (1024 * 1024)} MiB; split it, for example by month."
        );

    public static Failure MethodNotAllowed(string method) =>
        new(405, "METHOD_NOT_ALLOWED", "Method Not Allowed", $"This path does not support {method}.");

    public Answer ToAnswer() => Answer.Failed(Status, Code, Title, Message);
}
