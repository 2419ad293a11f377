return price * 2;
