using System.Text.Json;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// Writes a record of the list by hand, as <see cref="CustomerRepayment"/> describes it: this is the hottest read.
/// </summary>
public static class RepaymentJson
{
    private const string Pending = "PENDING_VERIFICATION";

    public static void Write(Utf8JsonWriter writer, ListedRepayment repayment, CustomerRepaymentList list)
    {
        var loan = list.Loans[repayment.AccountId];
        var digits = loan.Currency.FractionDigits;
        var counts = repayment.Status == "VERIFIED";
        writer.WriteStartObject();
        writer.WriteString("id"u8, repayment.Id);
        writer.WriteString("loanRepaymentMethodEnum"u8, repayment.Method);
        writer.WriteString("accountProductName"u8, loan.AccountProductName);
        writer.WriteString("customerName"u8, list.Customer?.Name);
        writer.WriteString("email"u8, list.Customer?.Email);
        WriteMoney(writer, "repaymentAmount"u8, repayment.AmountMinor, digits);
        writer.WriteString("loanProductName"u8, loan.ProductName);
        WriteMoney(writer, "principalBalance"u8,
            After(counts, repayment.PrincipalBalanceMinor, loan.PrincipalBalanceMinor), digits);
        WriteMoney(writer, "totalBalance"u8, After(counts, repayment.TotalBalanceMinor, loan.TotalBalanceMinor),
            digits);
        writer.WriteBoolean("loanAmountPaid"u8, counts);
        writer.WriteString("creationDate"u8, repayment.RecordedAt);
        WriteDate(writer, "paymentDueDate"u8, counts ? repayment.DueOn : loan.NextDueOn);
        writer.WriteNumber("installmentCount"u8, loan.InstallmentCount);
        writer.WriteString("accountId"u8, repayment.AccountId);
        if (loan.ApplicationId is { } applicationId) writer.WriteString("loanApplicationId"u8, applicationId);
        else writer.WriteNull("loanApplicationId"u8);
        WriteMoney(writer, "totalPayable"u8, Math.Max(loan.PayoffMinor - loan.PendingMinor, 0), digits);
        // To the customer a reversed repayment is a rejected one, with its reason.
        writer.WriteString(
            "verificationStatus"u8, repayment.Status switch { null => Pending, "REVERSED" => "REJECTED", var s => s });
        writer.WriteString("rejectionReason"u8, repayment.Reason);
        writer.WriteString("repaymentReference"u8, repayment.Reference);
        WriteDate(writer, "paymentDate"u8, repayment.PaidOn);
        WriteAllocation(writer, counts ? repayment.Lines : null, digits);
        writer.WriteEndObject();
    }

    private static long After(bool counts, long? then, long now) => counts && then is { } balance ? balance : now;

    private static void WriteMoney(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long minorUnits, int digits)
    {
        writer.WritePropertyName(name);
        Wire.WriteMoney(writer, minorUnits, digits);
    }

    private static void WriteDate(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is not { } day)
        {
            writer.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[10];
        day.TryFormat(text, out _, "yyyy-MM-dd");
        writer.WriteString(name, text);
    }

    // The stored lines are in minor units; each is read and written on, field by field.
    private static void WriteAllocation(Utf8JsonWriter writer, byte[]? lines, int digits)
    {
        writer.WriteStartArray("allocation"u8);
        var reader = new Utf8JsonReader(lines ?? "[]"u8);
        long number = 0, principal = 0, interest = 0, fees = 0, penalty = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                writer.WriteStartObject();
                writer.WriteNumber("installmentNumber"u8, number);
                WriteMoney(writer, "principal"u8, principal, digits);
                WriteMoney(writer, "interest"u8, interest, digits);
                WriteMoney(writer, "fees"u8, fees, digits);
                WriteMoney(writer, "penalty"u8, penalty, digits);
                writer.WriteEndObject();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                ref var field = ref number;
                if (reader.ValueTextEquals("principal"u8)) field = ref principal;
                else if (reader.ValueTextEquals("interest"u8)) field = ref interest;
                else if (reader.ValueTextEquals("fees"u8)) field = ref fees;
                else if (reader.ValueTextEquals("penalty"u8)) field = ref penalty;
                else if (!reader.ValueTextEquals("installmentNumber"u8)) { reader.Skip(); continue; }
                reader.Read();
                field = reader.GetInt64();
            }
        }

        writer.WriteEndArray();
    }
}
