// The two most important calls and the end of a month, written as most C# teams would write them: ASP.NET Core minimal
// APIs, authentication in the style of JwtBearer, EF Core with Npgsql, one transaction per request. They use Paydown's
// own schema and exist to be measured against it.

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Usual;

if (args is ["end-of-day", var target, var day, var count])
{
    var rate = await EndOfDay.RunAsync(
        target,
        DateOnly.Parse(day, CultureInfo.InvariantCulture),
        int.Parse(count, CultureInfo.InvariantCulture)
    );
    Console.WriteLine(rate.ToString(CultureInfo.InvariantCulture));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
var connectionString = new NpgsqlConnectionStringBuilder(builder.Configuration["database"])
{
    MaxPoolSize = 64,
    MaxAutoPrepare = 100,
}.ConnectionString;
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDbContextPool<LendingContext>(options => options.UseNpgsql(connectionString));
builder.Services.AddSingleton(await TokenKeys.LoadAsync(connectionString));
builder
    .Services.AddAuthentication(TokenAuthentication.Scheme)
    .AddScheme<TokenAuthenticationOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
builder.Services.AddAuthorization();

var app = builder.Build();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/health/live", () => Results.Text("""{"status":"SUCCESS","data":{"state":"live"}}""", "application/json"));
var services = app.MapGroup("/api/v1/services").RequireAuthorization().AddEndpointFilter<RequiredHeaders>();
services.MapPost("/user/repay-loan/{userId:guid}", RepayLoan.HandleAsync);
services.MapGet("/user/list-customer-repayments/{customerId:guid}", ListCustomerRepayments.HandleAsync);
await app.RunAsync();
