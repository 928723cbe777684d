using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;

namespace Paydown.Server.Repayments;

/// <summary>The response to a reported repayment.</summary>
/// <param name="Id">The repayment's id.</param>
/// <param name="RepaymentAmount">The amount that was reported.</param>
/// <param name="CustomerName">The customer's first and last name.</param>
/// <param name="Email">The customer's e-mail address.</param>
/// <param name="LoanProductName">The name of the loan product.</param>
/// <param name="RepaymentReference">The reference as reported.</param>
/// <param name="VerificationStatus">Always <c>PENDING_VERIFICATION</c>.</param>
/// <param name="Message">A sentence for the customer, the same as the response's own message.</param>
public sealed record RepaymentRecorded(
    RepaymentId Id,
    Money RepaymentAmount,
    string CustomerName,
    string Email,
    string LoanProductName,
    string RepaymentReference,
    string VerificationStatus,
    string Message
)
{
    private const string Pending = "PENDING_VERIFICATION";
    private const string Matched = "Your repayment is recorded and awaits verification.";
    private const string Unmatched =
        "Your repayment is recorded and awaits verification. Its reference is not this loan's, so an officer "
        + "will match it by hand.";

    /// <summary>The response of the contract, written by hand because this is the hottest path.</summary>
    public static Answer ToAnswer(RecordedRepayment repayment)
    {
        var message = repayment.Pending.ReferenceMatches ? Matched : Unmatched;
        // The contract has the message in both places.
        return Answer.Success(writer => WriteData(writer, repayment, message), message).About(repayment.Id.AsSubject);
    }

    /// <summary>The event <c>repayment.recorded</c>.</summary>
    public static OutboxRow ToMessage(NewRepayment repayment) =>
        new(
            repayment.CustomerId,
            repayment.OrganisationId,
            repayment.AccountId,
            new OutboxMessage(EventType.RepaymentRecorded, repayment.Id.AsSubject, Details: null),
            repayment.RecordedAt
        );

    private static void WriteData(Utf8JsonWriter writer, RecordedRepayment repayment, string message)
    {
        var (account, amount) = (repayment.Account, repayment.Pending.Amount);
        writer.WriteStartObject();
        writer.WriteString("id"u8, repayment.Id.Value);
        writer.WritePropertyName("repaymentAmount"u8);
        Wire.WriteMoney(writer, amount);
        writer.WriteString("customerName"u8, account.CustomerName);
        writer.WriteString("email"u8, account.Email);
        writer.WriteString("loanProductName"u8, account.ProductName);
        writer.WriteString("repaymentReference"u8, repayment.Report.Reference);
        writer.WriteString("verificationStatus"u8, Pending);
        writer.WriteString("message"u8, message);
        writer.WriteEndObject();
    }
}
