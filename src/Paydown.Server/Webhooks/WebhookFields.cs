using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Webhooks;

/// <summary>The fields by which a manager defines an endpoint.</summary>
internal static class WebhookFields
{
    private const int UrlLengthMax = 2_000;

    // Longer than a name server takes, unless it does not respond at all.
    private static readonly TimeSpan ResolveMax = TimeSpan.FromSeconds(5);

    public static readonly Field<string> Url = Field
        .Text("url", "The https address that events are sent to.", 1, UrlLengthMax)
        .WithExample("https://lender.example/webhooks");

    public static readonly Field<string?> Description = Field
        .Text("description", "What the endpoint is for.", 0, 200)
        .Optional()
        .WithExample("Accounting");

    public static readonly Field<IReadOnlyList<string>> Types = Field
        .Values(
            "types",
            "The types of events to receive, each once. Absent or empty: all.",
            EventTypes.All.Count,
            Field.OneOf("type", "One type.", EventTypes.All)
        )
        .AsSet()
        .Or([])
        .WithExample((string[])["repayment.verified", "loan.paid_off"]);

    /// <summary>Checks the URL. It resolves the host name, so it runs before the transaction.</summary>
    /// <returns>The refusal; null if webhooks may be sent there.</returns>
    public static async Task<Refusal?> CheckUrlAsync(this TargetGuard guard, Call call)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation);
        limit.CancelAfter(ResolveMax);
        try
        {
            return await guard.CheckAsync(call.Body.Get(Url), limit.Token) is { } wrong
                ? Refusals.ValidationFailed(new FieldError(Url.Name, wrong))
                : null;
        }
        catch (OperationCanceledException) when (!call.Cancellation.IsCancellationRequested)
        {
            return Refusals.ValidationFailed(
                new FieldError(
                    Url.Name,
                    $"has a host name that could not be resolved within {ResolveMax.TotalSeconds:0} s."
                )
            );
        }
    }
}
