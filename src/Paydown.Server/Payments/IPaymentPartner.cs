using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Payments;

/// <summary>
/// The port to the world of payments: it sends money to bank accounts and asks banks for the names of account holders.
/// Its adapters are <see cref="FilePartner"/>, <see cref="SandboxPartner"/> and <see cref="NoPartner"/>.
/// </summary>
public interface IPaymentPartner
{
    /// <summary>False if nothing can be sent; then nothing may be taken from a wallet either.</summary>
    bool TakesTransfers { get; }

    /// <summary>How long money usually takes to arrive.</summary>
    TimeSpan UsualDuration { get; }

    /// <summary>Asks a bank for the name of an account's holder.</summary>
    ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation);

    /// <summary>
    /// Sends a batch. If the outcome is unknown, it is called again with the same batch, which must not be paid twice.
    /// </summary>
    Task SendAsync(PaymentBatch batch, CancellationToken cancellation);

    /// <summary>Returns the partner's reports. A report that is not closed is returned again next time.</summary>
    IAsyncEnumerable<PaymentReport> CollectAsync(CancellationToken cancellation);
}

/// <summary>The outcome of a name enquiry.</summary>
public enum NameEnquiryOutcome
{
    Known,
    Unknown,
    Unavailable,
}

/// <summary>A bank's response to a name enquiry.</summary>
/// <param name="Outcome">Whether the bank knows the account, or was unavailable.</param>
/// <param name="AccountName">The holder's name; empty unless the account is known.</param>
public sealed record NameEnquiry(NameEnquiryOutcome Outcome, string AccountName)
{
    public static NameEnquiry Unknown { get; } = new(NameEnquiryOutcome.Unknown, "");

    public static NameEnquiry Unavailable { get; } = new(NameEnquiryOutcome.Unavailable, "");

    public static NameEnquiry Known(string accountName) => new(NameEnquiryOutcome.Known, accountName);
}

/// <summary>Transfers that are sent together. A batch never changes.</summary>
/// <param name="Id">The batch's id, which never changes.</param>
/// <param name="Debtor">The account that pays.</param>
/// <param name="MadeAt">When the batch was made.</param>
/// <param name="PayOn">The requested day of payment.</param>
/// <param name="Orders">One or more payments, all in one currency.</param>
public sealed record PaymentBatch(
    PaymentBatchId Id,
    PaymentDebtor Debtor,
    DateTimeOffset MadeAt,
    DateOnly PayOn,
    IReadOnlyList<PaymentOrder> Orders
)
{
    private const string Prefix = "PDN";

    /// <summary>The batch's id for the partner, within the 35 characters of an ISO 20022 id.</summary>
    public string MessageId => MessageIdOf(Id);

    /// <summary>The message id of a batch.</summary>
    public static string MessageIdOf(PaymentBatchId id) => Prefix + id.Value.ToString("N").ToUpperInvariant();

    /// <summary>Reads the batch's id from its message id.</summary>
    public static bool TryParse(string messageId, out PaymentBatchId id)
    {
        id = default;
        return messageId.StartsWith(Prefix, StringComparison.Ordinal)
            && IdText.TryParse(messageId.AsSpan(Prefix.Length), "N", out id);
    }
}

/// <summary>The lender's bank account, which pays.</summary>
public sealed record PaymentDebtor(string Name, string AccountNumber, string BankCode);

/// <summary>One transfer of a batch.</summary>
public sealed record PaymentOrder(
    TransferId TransferId,
    Money Amount,
    string AccountNumber,
    string AccountName,
    string BankCode,
    string? Description
);

/// <summary>A transfer's status, as reported by the partner.</summary>
/// <param name="BatchId">The batch of the transfer.</param>
/// <param name="TransferId">The transfer; null for all transfers of the batch.</param>
/// <param name="Status">The reported status.</param>
/// <param name="Reason">Why it failed, in words for the customer; null if it did not.</param>
public sealed record PaymentStatus(
    PaymentBatchId BatchId,
    TransferId? TransferId,
    TransferStatus Status,
    string? Reason
);

/// <summary>Statuses that the partner reported together.</summary>
/// <param name="Name">The report's name, for the log.</param>
/// <param name="Statuses">The statuses, in the order of the report.</param>
/// <param name="CloseAsync">
/// Closes the report once everything is booked. Takes a reason if the report was rejected; otherwise null.
/// </param>
public sealed record PaymentReport(string Name, IReadOnlyList<PaymentStatus> Statuses, Func<string?, Task> CloseAsync);
