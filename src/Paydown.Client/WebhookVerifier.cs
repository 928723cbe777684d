using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Paydown.Client;

/// <summary>
/// Checks that a webhook comes from the lender's Paydown, unchanged and recently, and reads it. Signatures are those of
/// Standard Webhooks 1.0.0. An instance is safe for concurrent use.
/// </summary>
public sealed class WebhookVerifier
{
    private const string SecretPrefix = "whsec_";
    private const string SignaturePrefix = "v1,";

    /// <summary>How far the time of an attempt may be from the clock, by default.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromSeconds(300);

    private readonly IReadOnlyList<byte[]> secrets;
    private readonly TimeSpan tolerance;
    private readonly TimeProvider time;

    /// <summary>Creates a verifier.</summary>
    /// <param name="secret">The endpoint's secret, <c>whsec_</c> and base64.</param>
    public WebhookVerifier(string secret)
        : this([secret]) { }

    /// <summary>Creates a verifier that accepts several secrets, for the time of a rotation.</summary>
    /// <param name="secrets">The secrets, each <c>whsec_</c> and base64.</param>
    /// <param name="tolerance">
    /// How far the time of an attempt may be from the clock; null for <see cref="DefaultTolerance"/>.
    /// </param>
    /// <param name="time">The clock; null for the machine's.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is malformed.</exception>
    public WebhookVerifier(IEnumerable<string> secrets, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        this.secrets = [.. secrets.Select(Read)];
        if (this.secrets.Count == 0)
            throw new ArgumentException("A verifier needs a secret.", nameof(secrets));
        this.tolerance = tolerance ?? DefaultTolerance;
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Checks and reads a webhook.</summary>
    /// <param name="body">The body, byte for byte as it arrived.</param>
    /// <param name="header">
    /// Returns the value of a header, null if it is absent: <c>name => request.Headers[name]</c>.
    /// </param>
    /// <exception cref="WebhookRejectedException">The webhook must not be trusted.</exception>
    public WebhookEvent Verify(ReadOnlySpan<byte> body, Func<string, string?> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return Verify(body, header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"));
    }

    /// <summary>Checks and reads a webhook.</summary>
    /// <param name="body">The body, byte for byte as it arrived.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signature">The header <c>webhook-signature</c>.</param>
    /// <exception cref="WebhookRejectedException">The webhook must not be trusted.</exception>
    public WebhookEvent Verify(ReadOnlySpan<byte> body, string? id, string? timestamp, string? signature)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
            throw new WebhookRejectedException("A webhook has the headers webhook-id, -timestamp and -signature.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw new WebhookRejectedException("The header webhook-timestamp is not a number of seconds.");
        if (Math.Abs((double)(time.GetUtcNow().ToUnixTimeSeconds() - seconds)) > tolerance.TotalSeconds)
            throw new WebhookRejectedException("The webhook was not sent lately, or the clock is wrong.");
        if (!IsSigned(body, id!, timestamp!, signature!))
            throw new WebhookRejectedException("No signature of the webhook matches a secret.");
        return WebhookEvent.Read(id!, body);
    }

    private bool IsSigned(ReadOnlySpan<byte> body, string id, string timestamp, string signature)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var sent = signature
            .Split(' ')
            .Where(part => part.StartsWith(SignaturePrefix, StringComparison.Ordinal))
            .Select(part => part[SignaturePrefix.Length..])
            .ToList();
        return secrets
            .Select(secret => Encoding.UTF8.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(secret, signed))))
            .Any(expected =>
                sent.Any(one => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), expected))
            );
    }

    private static byte[] Read(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        if (!Base64.IsValid(text) || text.Length == 0)
            throw new ArgumentException("A secret of a webhook is whsec_ and base64.", nameof(secret));
        return Convert.FromBase64String(text);
    }
}

/// <summary>A webhook must not be trusted: it is forged, changed, old or unreadable.</summary>
public sealed class WebhookRejectedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WebhookRejectedException(string message)
        : base(message) { }
}

/// <summary>An event that arrived as a webhook. It may arrive more than once: <see cref="Id"/> says so.</summary>
public sealed class WebhookEvent
{
    private readonly JsonElement data;

    private WebhookEvent(
        string id,
        string type,
        DateTimeOffset timestamp,
        Guid? accountId,
        long? number,
        JsonElement data
    )
    {
        (Id, Type, Timestamp, AccountId, Number) = (id, type, timestamp, accountId, number);
        this.data = data;
    }

    /// <summary>The event's id, the same in every delivery of it.</summary>
    public string Id { get; }

    /// <summary>The type, for example <c>repayment.verified</c>.</summary>
    public string Type { get; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The loan account; null if the event concerns no loan.</summary>
    public Guid? AccountId { get; }

    /// <summary>Greater than that of every earlier event of the loan; null for a test.</summary>
    public long? Number { get; }

    /// <summary>The payload; docs/events.md has the fields of each type.</summary>
    public JsonElement Data => data;

    /// <summary>The payload of an event whose type begins with <c>repayment.</c> or <c>payment.</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public RepaymentPayload AsRepayment() => data.Deserialize(PaydownJson.Default.RepaymentPayload)!;

    /// <summary>The payload of <c>loan.paid_off</c>, <c>loan.written_off</c> and <c>loan.charged_off</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public LoanPayload AsLoan() => data.Deserialize(PaydownJson.Default.LoanPayload)!;

    /// <summary>The payload of an event about an officer's act on a loan, for example a charge.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public LoanActPayload AsLoanAct() => data.Deserialize(PaydownJson.Default.LoanActPayload)!;

    /// <summary>The payload of <c>loan.collector_changed</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public CollectionPayload AsCollection() => data.Deserialize(PaydownJson.Default.CollectionPayload)!;

    /// <summary>The payload of <c>loan.overdue</c> and <c>loan.current</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public ArrearsPayload AsArrears() => data.Deserialize(PaydownJson.Default.ArrearsPayload)!;

    /// <summary>The payload of <c>notice.due</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public NoticeDuePayload AsReminder() => data.Deserialize(PaydownJson.Default.NoticeDuePayload)!;

    /// <summary>
    /// The payload of an event whose type begins with <c>application.</c> or <c>offer.</c>.
    /// </summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public StatusPayload AsApplication() => data.Deserialize(PaydownJson.Default.StatusPayload)!;

    /// <summary>The payload of <c>customer.registered</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public CustomerPayload AsCustomer() => data.Deserialize(PaydownJson.Default.CustomerPayload)!;

    /// <summary>The payload of <c>loan.approved</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public ApplicationPayload AsApproval() => data.Deserialize(PaydownJson.Default.ApplicationPayload)!;

    /// <summary>The payload of <c>loan.disbursed</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public DisbursementPayload AsDisbursement() => data.Deserialize(PaydownJson.Default.DisbursementPayload)!;

    /// <summary>The payload of an event whose type begins with <c>transaction.</c>.</summary>
    /// <exception cref="JsonException">The event has another payload.</exception>
    public TransferPayload AsTransfer() => data.Deserialize(PaydownJson.Default.TransferPayload)!;

    internal static WebhookEvent Read(string id, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            var sequence = root.GetProperty("sequence");
            return new WebhookEvent(
                id,
                root.GetProperty("type").GetString()!,
                root.GetProperty("timestamp").GetDateTimeOffset(),
                sequence.TryGetProperty("accountId", out var account) ? account.GetGuid() : null,
                sequence.TryGetProperty("number", out var number) ? number.GetInt64() : null,
                root.GetProperty("data")
            );
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new WebhookRejectedException("The body of the webhook is not an event.");
        }
    }
}
