using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Payments;

/// <summary>
/// Who carries money to bank accounts and asks banks whose they are: the port to the world of payments. Its adapters
/// are <see cref="FilePartner"/>, <see cref="SandboxPartner"/> and <see cref="NoPartner"/>.
/// </summary>
public interface IPaymentPartner
{
    /// <summary>False: nothing can be sent, and nothing may be taken from a wallet for it.</summary>
    bool TakesTransfers { get; }

    /// <summary>How long it usually takes until the money is there.</summary>
    TimeSpan UsualDuration { get; }

    /// <summary>Asks a bank whose account it is.</summary>
    ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation);

    /// <summary>
    /// Hands over a batch. Where nobody knows whether that worked it is called again with the very same batch, and then
    /// must not make it pay twice.
    /// </summary>
    Task SendAsync(PaymentBatch batch, CancellationToken cancellation);

    /// <summary>What the partner has reported. A report that is not closed comes again.</summary>
    IAsyncEnumerable<PaymentReport> CollectAsync(CancellationToken cancellation);
}

/// <summary>What a bank says about an account.</summary>
public enum NameEnquiryOutcome
{
    Known,
    Unknown,
    Unavailable,
}

/// <summary>The answer to the question whose an account is.</summary>
/// <param name="Outcome">Whether the bank knows it, or could not be asked.</param>
/// <param name="AccountName">Whose it is; empty unless known.</param>
public sealed record NameEnquiry(NameEnquiryOutcome Outcome, string AccountName)
{
    public static NameEnquiry Unknown { get; } = new(NameEnquiryOutcome.Unknown, "");

    public static NameEnquiry Unavailable { get; } = new(NameEnquiryOutcome.Unavailable, "");

    public static NameEnquiry Known(string accountName) => new(NameEnquiryOutcome.Known, accountName);
}

/// <summary>Transfers that are handed over together; it never changes.</summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Debtor">Whose money is sent.</param>
/// <param name="MadeAt">When it was put together.</param>
/// <param name="PayOn">The day on which it is to be paid.</param>
/// <param name="Orders">One or more, of one currency.</param>
public sealed record PaymentBatch(
    Guid Id,
    PaymentDebtor Debtor,
    DateTimeOffset MadeAt,
    DateOnly PayOn,
    IReadOnlyList<PaymentOrder> Orders
)
{
    private const string Prefix = "PDN";

    /// <summary>Its name for the partner, in the 35 characters that ISO 20022 has for one.</summary>
    public string MessageId => MessageIdOf(Id);

    /// <summary>The name of a batch for the partner.</summary>
    public static string MessageIdOf(Guid id) => Prefix + id.ToString("N").ToUpperInvariant();

    /// <summary>Reads the id out of the name.</summary>
    public static bool TryParse(string messageId, out Guid id)
    {
        id = default;
        return messageId.StartsWith(Prefix, StringComparison.Ordinal)
            && Guid.TryParseExact(messageId[Prefix.Length..], "N", out id);
    }
}

/// <summary>Whose money is sent: the lender's bank account.</summary>
public sealed record PaymentDebtor(string Name, string AccountNumber, string BankCode);

/// <summary>One transfer of a batch.</summary>
public sealed record PaymentOrder(
    Guid TransferId,
    Money Amount,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string? Description
);

/// <summary>What the partner says about a transfer.</summary>
/// <param name="BatchId">The batch that it went with.</param>
/// <param name="TransferId">Which one; null: all of the batch.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it failed, in words for the customer; null otherwise.</param>
public sealed record PaymentStatus(Guid BatchId, Guid? TransferId, TransferStatus Status, string? Reason);

/// <summary>What the partner says at once.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Statuses">In the order in which they were said.</param>
/// <param name="CloseAsync">Ends it once all is booked; with a reason where it is about nothing that is known.</param>
public sealed record PaymentReport(string Name, IReadOnlyList<PaymentStatus> Statuses, Func<string?, Task> CloseAsync);
