using System.Globalization;
using System.Text;
using Paydown.Client;

namespace Paydown.Pages.Parts;

/// <summary>The words for people of what the API writes in capitals.</summary>
public static class Labels
{
    /// <summary>The state of a repayment, for its borrower.</summary>
    public static string Of(VerificationStatus status) =>
        status switch
        {
            VerificationStatus.PendingVerification => "Being checked",
            VerificationStatus.Verified => "Received",
            VerificationStatus.Rejected => "Not received",
            _ => "Unknown",
        };

    /// <summary>The state of a loan.</summary>
    public static string Of(AccountState? state) =>
        state switch
        {
            AccountState.PendingDisbursement => "Not paid out yet",
            AccountState.Active => "Active",
            AccountState.InArrears => "Overdue",
            AccountState.Overpaid => "Overpaid",
            AccountState.Closed => "Paid off",
            AccountState.WrittenOff => "Written off",
            null => "No loan yet",
            _ => "Unknown",
        };

    /// <summary>The state of an application.</summary>
    public static string Of(ApplicationStatus? status) =>
        status switch
        {
            ApplicationStatus.Requested => "Being decided",
            ApplicationStatus.OfferSent => "Offer waits for the customer",
            ApplicationStatus.Accepted => "Offer accepted",
            ApplicationStatus.PaidOff => "Paid off",
            null => "–",
            _ => Words(status.Value),
        };

    /// <summary>How a repayment was made.</summary>
    public static string Of(RepaymentMethod method) => Words(method);

    /// <summary>The kind of the mark that shows a state: good, wait, bad or plain.</summary>
    public static string Mark(VerificationStatus status) =>
        status switch
        {
            VerificationStatus.Verified => "good",
            VerificationStatus.Rejected => "bad",
            _ => "wait",
        };

    /// <summary>The kind of the mark that shows the state of a loan.</summary>
    public static string Mark(AccountState? state) =>
        state switch
        {
            AccountState.InArrears or AccountState.WrittenOff => "bad",
            AccountState.Closed or AccountState.Overpaid => "good",
            AccountState.PendingDisbursement => "wait",
            _ => "plain",
        };

    /// <summary>The kind of the mark that shows the state of an installment.</summary>
    public static string Mark(InstallmentStatus status) =>
        status switch
        {
            InstallmentStatus.Paid => "good",
            InstallmentStatus.Overdue => "bad",
            InstallmentStatus.PartiallyPaid => "wait",
            _ => "plain",
        };

    /// <summary>A member of an enum as words, such as Re age or Bank transfer.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => Spaced(value.ToString());

    /// <summary>A word of the API as words for people, such as Offer sent for OFFER_SENT.</summary>
    public static string Words(string code) =>
        code.Length == 0 ? "" : code[0] + code[1..].Replace('_', ' ').ToLowerInvariant();

    /// <summary>A duration, such as 12 months.</summary>
    public static string Duration(int length, DurationUnit unit)
    {
        var word = unit.ToString().ToLower(CultureInfo.InvariantCulture).TrimEnd('s');
        return string.Create(CultureInfo.InvariantCulture, $"{length} {word}{(length == 1 ? "" : "s")}");
    }

    private static string Spaced(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                text.Append(letter);
        }

        return text.ToString();
    }
}
