using Paydown.Lending.Amounts;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>Reads the details of a booking: the elements below <c>TxDtls</c>.</summary>
internal sealed class CamtDetailReader(CamtElements elements)
{
    // A remittance text has lines of 140 characters and no limit to their number.
    private const int TextMax = 64 * 1024;

    /// <summary>Reads the current <c>TxDtls</c>.</summary>
    /// <param name="amounts">
    /// Reads the amount of the current element; null if its currency is not the statement's.
    /// </param>
    public CamtDetail Read(Func<Money?> amounts)
    {
        var detail = new CamtDetail();
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            switch (elements.Name)
            {
                case "Refs":
                    ReadReferences(detail);
                    break;
                case "Amt":
                    detail.Amount = amounts();
                    break;
                case "CdtDbtInd":
                    detail.IsCredit = CamtValues.IsCredit(elements);
                    break;
                case "AmtDtls":
                    ReadAmountDetails(detail, amounts);
                    break;
                case "BkTxCd":
                    detail.TransactionCode = CamtValues.TransactionCode(elements);
                    break;
                case "RltdPties":
                    ReadParties(detail);
                    break;
                case "RmtInf":
                    ReadRemittance(detail);
                    break;
                case "RtrInf":
                    detail.ReturnReason = ReadReturnReason();
                    break;
                case "AddtlTxInf":
                    detail.Description = elements.Text();
                    break;
                default:
                    elements.Skip();
                    break;
            }
        }

        return detail;
    }

    private void ReadReferences(CamtDetail detail)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "AcctSvcrRef")
                detail.BankReference = Clean.Reference(elements.Text());
            else if (elements.Name == "EndToEndId")
                detail.EndToEndId = Clean.Reference(elements.Text());
            else
                elements.Skip();
        }
    }

    private void ReadAmountDetails(CamtDetail detail, Func<Money?> amounts)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "TxAmt")
                detail.TransactionAmount = ReadInnerAmount(amounts);
            else if (elements.Name == "InstdAmt")
                detail.InstructedAmount = ReadInnerAmount(amounts);
            else
                elements.Skip();
        }
    }

    private Money? ReadInnerAmount(Func<Money?> amounts)
    {
        Money? amount = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Amt")
                amount = amounts();
            else
                elements.Skip();
        }

        return amount;
    }

    private void ReadParties(CamtDetail detail)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            switch (elements.Name)
            {
                case "Dbtr":
                    detail.Debtor.Name = ReadName();
                    break;
                case "DbtrAcct":
                    detail.Debtor.Account = CamtValues.Account(elements).Number;
                    break;
                case "Cdtr":
                    detail.Creditor.Name = ReadName();
                    break;
                case "CdtrAcct":
                    detail.Creditor.Account = CamtValues.Account(elements).Number;
                    break;
                default:
                    elements.Skip();
                    break;
            }
        }
    }

    // Nm until version 07; Pty/Nm or Agt/FinInstnId/Nm since 08.
    private string? ReadName()
    {
        string? name = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Nm")
                name ??= elements.Text();
            else if (elements.Name is "Pty" or "Agt" or "FinInstnId")
                name ??= ReadName();
            else
                elements.Skip();
        }

        return name;
    }

    private void ReadRemittance(CamtDetail detail)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "Ustrd")
                detail.Text = Join(detail.Text, elements.Text());
            else if (elements.Name == "Strd")
                ReadStructured(detail);
            else
                elements.Skip();
        }
    }

    private void ReadStructured(CamtDetail detail)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "CdtrRefInf")
                ReadCreditorReference(detail);
            else if (elements.Name == "AddtlRmtInf")
                detail.StructuredText = Join(detail.StructuredText, elements.Text());
            else
                elements.Skip();
        }
    }

    private void ReadCreditorReference(CamtDetail detail)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name != "Ref")
                elements.Skip();
            else if (Clean.Reference(elements.Text()) is { } reference && !detail.References.Contains(reference))
                detail.References.Add(reference);
        }
    }

    private string? ReadReturnReason()
    {
        string? reason = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name is "Rsn")
                reason ??= ReadReturnReason();
            else if (elements.Name is "Cd" or "Prtry")
                reason ??= elements.Text();
            else
                elements.Skip();
        }

        return reason;
    }

    private string? Join(string? before, string? text)
    {
        if (before is null || text is null)
            return before ?? text;
        return before.Length + text.Length < TextMax
            ? $"{before} {text}"
            : throw elements.Fault($"The remittance text is longer than {TextMax} characters.", "RmtInf");
    }
}
