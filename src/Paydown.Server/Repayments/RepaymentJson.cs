using System.Buffers;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Repayments;

/// <summary>
/// Writes the records of a list by hand, in the shape of <see cref="CustomerRepayment"/>, because this is the hottest
/// read. The text that all records of a loan share is formatted once.
/// </summary>
public sealed class RepaymentJson(CustomerRepaymentList list)
{
    private readonly Dictionary<LoanId, LoanText> loans = [];

    /// <summary>Writes all records of the list as an array.</summary>
    public void WriteAll(IBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (var i = 0; i < list.Repayments.Count; i++)
            Write(output, list.Repayments[i], isFirst: i == 0);
        output.Write("]"u8);
    }

    /// <summary>Writes one record, preceded by a comma unless it is the first.</summary>
    public void Write(IBufferWriter<byte> output, ListedRepayment repayment, bool isFirst)
    {
        var text = TextOf(repayment.AccountId);
        var loan = text.Loan;
        var standing = repayment.Standing;
        var counted = standing?.Status == RepaymentStatus.Verified ? standing : null;
        var buffer = new WireBuffer(output);
        buffer.Raw(isFirst ? """{"id":"""u8 : """,{"id":"""u8);
        buffer.Id(repayment.Id);
        buffer.Raw(""","loanRepaymentMethodEnum":"""u8);
        buffer.Text(Words.Write(repayment.Method));
        buffer.Raw(text.UntilAmount);
        buffer.Money(standing?.CorrectedAmount ?? repayment.Amount);
        buffer.Raw(text.UntilBalances);
        buffer.Money(counted?.PrincipalBalance ?? loan.PrincipalBalance);
        buffer.Raw(""","totalBalance":"""u8);
        buffer.Money(counted?.TotalBalance ?? loan.TotalBalance);
        buffer.Raw(
            counted is null
                ? ""","loanAmountPaid":false,"creationDate":"""u8
                : ""","loanAmountPaid":true,"creationDate":"""u8
        );
        buffer.Instant(repayment.RecordedAt);
        buffer.Raw(""","paymentDueDate":"""u8);
        buffer.Date(counted is null ? loan.NextDueOn : counted.DueOn);
        buffer.Raw(text.UntilStatus);
        // Customers see a reversed repayment as rejected, with its reason.
        var status = standing?.Status ?? RepaymentStatus.PendingVerification;
        buffer.Text(Words.Write(status.ShownToCustomer()));
        buffer.Raw(""","rejectionReason":"""u8);
        buffer.Text(standing?.Reason);
        buffer.Raw(""","repaymentReference":"""u8);
        buffer.Text(repayment.Reference);
        buffer.Raw(""","paymentDate":"""u8);
        buffer.Date(standing?.CorrectedOn ?? repayment.PaidOn);
        if (standing?.CorrectionReason is null)
        {
            buffer.Raw(""","reportedAmount":null,"reportedPaymentDate":null,"correctionReason":null"""u8);
        }
        else
        {
            buffer.Raw(""","reportedAmount":"""u8);
            buffer.Money(repayment.Amount);
            buffer.Raw(""","reportedPaymentDate":"""u8);
            buffer.Date(repayment.PaidOn);
            buffer.Raw(""","correctionReason":"""u8);
            buffer.Text(standing.CorrectionReason);
        }

        buffer.Raw(""","allocation":["""u8);
        if (counted?.Lines is { } lines)
            WriteAllocation(ref buffer, lines, loan.Currency.FractionDigits);
        buffer.Raw("]}"u8);
        buffer.Flush();
    }

    private LoanText TextOf(LoanId accountId)
    {
        if (!loans.TryGetValue(accountId, out var text))
            loans.Add(accountId, text = LoanText.Of(list.Loans[accountId], accountId, list.Customer));
        return text;
    }

    // Reads the stored lines (StoredLines) and writes them value by value.
    private static void WriteAllocation(ref WireBuffer buffer, byte[] lines, int digits)
    {
        var reader = new Utf8JsonReader(lines);
        reader.Read();
        for (var isFirst = true; reader.Read() && reader.TokenType == JsonTokenType.StartArray; isFirst = false)
        {
            reader.Read();
            buffer.Raw(isFirst ? """{"installmentNumber":"""u8 : """,{"installmentNumber":"""u8);
            buffer.Number(reader.GetInt64());
            // The due date.
            reader.Read();
            buffer.Raw(""","principal":"""u8);
            buffer.Money(Next(ref reader), digits);
            buffer.Raw(""","interest":"""u8);
            buffer.Money(Next(ref reader), digits);
            buffer.Raw(""","fees":"""u8);
            buffer.Money(Next(ref reader), digits);
            buffer.Raw(""","penalty":"""u8);
            buffer.Money(Next(ref reader), digits);
            buffer.Raw("}"u8);
            reader.Read();
        }
    }

    private static long Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    // The text that all records of a loan share. Each part ends with the name of the value that follows it.
    private sealed record LoanText(ListedLoan Loan, byte[] UntilAmount, byte[] UntilBalances, byte[] UntilStatus)
    {
        public static LoanText Of(ListedLoan loan, LoanId accountId, ListedCustomer? customer)
        {
            var output = new ArrayBufferWriter<byte>(512);
            var buffer = new WireBuffer(output);
            buffer.Raw(""","accountProductName":"""u8);
            buffer.Text(loan.AccountProductName);
            buffer.Raw(""","customerName":"""u8);
            buffer.Text(customer?.Name);
            buffer.Raw(""","email":"""u8);
            buffer.Text(customer?.Email);
            buffer.Raw(""","repaymentAmount":"""u8);
            var untilAmount = Take(ref buffer, output);
            buffer.Raw(""","loanProductName":"""u8);
            buffer.Text(loan.ProductName);
            buffer.Raw(""","principalBalance":"""u8);
            var untilBalances = Take(ref buffer, output);
            buffer.Raw(""","installmentCount":"""u8);
            buffer.Number(loan.InstallmentCount);
            buffer.Raw(""","accountId":"""u8);
            buffer.Id(accountId);
            buffer.Raw(""","loanApplicationId":"""u8);
            buffer.Id(loan.ApplicationId);
            buffer.Raw(""","totalPayable":"""u8);
            buffer.Money(PayableRules.TotalPayable(loan.Payoff, loan.Pending));
            buffer.Raw(""","verificationStatus":"""u8);
            return new LoanText(loan, untilAmount, untilBalances, Take(ref buffer, output));
        }

        private static byte[] Take(ref WireBuffer buffer, ArrayBufferWriter<byte> output)
        {
            buffer.Flush();
            var taken = output.WrittenSpan.ToArray();
            output.ResetWrittenCount();
            return taken;
        }
    }
}
