using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;

namespace Paydown.Statements.Camt;

/// <summary>
/// The booked balances of a statement. Opening is <c>OPBD</c>, or <c>PRCD</c> (the previous closing balance) if there
/// is none; closing is <c>CLBD</c>. All others are interim, available or forecasts.
/// </summary>
internal sealed class CamtBalances
{
    private StatementBalance? opening;
    private StatementBalance? previousClosing;

    public StatementBalance? Opening => opening ?? previousClosing;

    public StatementBalance? Closing { get; private set; }

    /// <summary>Takes a balance. A statement over several days may have one per day: the outermost count.</summary>
    public void Take(string? kind, Money amount, DateOnly? on)
    {
        var balance = new StatementBalance(amount, on);
        switch (kind)
        {
            case "OPBD" when opening is null || on < opening.Value.On:
                opening = balance;
                break;
            case "PRCD" when previousClosing is null || on < previousClosing.Value.On:
                previousClosing = balance;
                break;
            case "CLBD" when Closing is null || on > Closing.Value.On:
                Closing = balance;
                break;
            default:
                break;
        }
    }
}
